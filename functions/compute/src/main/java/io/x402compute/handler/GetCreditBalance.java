package io.x402compute.handler;

import java.util.Map;

import io.x402compute.access.CallKind;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.payment.Credits;
import io.x402compute.x402.protocol.Wallet;

/** {@code GET /compute/credits/balance}: what the caller was given back, and what is left of it. */
public final class GetCreditBalance extends WalletEndpoint {
    private final Credits credits;

    public GetCreditBalance() {
        this(System.getenv());
    }

    public GetCreditBalance(Map<String, String> environment) {
        this(new Application(environment));
    }

    GetCreditBalance(Application application) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.READS);
        credits = new PaymentServices(application).credits();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        return ApiResponse.ok(CreditJson.of(caller, credits.balance(caller)));
    }

    @Override
    protected void prime() {
        rehearse(new GetCreditBalance(application().rehearsal()), "GET", RehearsedRequests.LIST,
                RehearsedRequests.SIGNED, "");
    }
}
