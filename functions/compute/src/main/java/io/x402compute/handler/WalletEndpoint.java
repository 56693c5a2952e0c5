package io.x402compute.handler;

import java.util.function.Function;

import io.x402compute.access.CallKind;
import io.x402compute.access.RateLimit;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.x402.protocol.Wallet;

/** A route for wallets: nothing is done before it is known who calls, and every call is counted. */
abstract class WalletEndpoint extends Endpoint {
    private final Function<ApiRequest, Wallet> callers;
    private final RateLimit limit;

    /** @param callers finds out who calls, or refuses */
    WalletEndpoint(Application application, Function<ApiRequest, Wallet> callers, CallKind kind) {
        super(application);
        this.callers = callers;
        this.limit = application.rateLimit(kind);
    }

    /** Serves one request of that wallet. */
    abstract ApiResponse handle(ApiRequest request, Wallet caller);

    @Override
    protected final ApiResponse handle(ApiRequest request) {
        Wallet caller = callers.apply(request);
        return limit.serve(caller, () -> handle(request, caller));
    }
}
