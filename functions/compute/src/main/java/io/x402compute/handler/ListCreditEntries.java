package io.x402compute.handler;

import java.util.Map;
import java.util.Optional;

import io.x402compute.access.CallKind;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.page.Page;
import io.x402compute.payment.CreditEntry;
import io.x402compute.payment.Credits;
import io.x402compute.x402.protocol.Wallet;

/** {@code GET /compute/credits/entries}: each credit that the caller was given, and for which order, newest first; page by page. */
public final class ListCreditEntries extends WalletEndpoint {
    private final Credits credits;

    public ListCreditEntries() {
        this(System.getenv());
    }

    public ListCreditEntries(Map<String, String> environment) {
        this(new Application(environment));
    }

    ListCreditEntries(Application application) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.READS);
        credits = new PaymentServices(application).credits();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        ListQuery query = ListQuery.of(request, caller);
        Page<CreditEntry> page = credits.entries(caller, query.page(Optional.empty()));
        return ApiResponse.ok(query.answer("entries", page, CreditJson::of));
    }

    @Override
    protected void prime() {
        rehearse(new ListCreditEntries(application().rehearsal()), "GET", RehearsedRequests.LIST,
                RehearsedRequests.SIGNED, "");
    }
}
