package io.x402compute.handler;

import java.util.Optional;
import java.util.function.Function;

import io.x402compute.access.CallKind;
import io.x402compute.access.RateLimit;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Fingerprint;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.idempotency.KeptAnswer;
import io.x402compute.idempotency.KeyedWrites;
import io.x402compute.idempotency.RequestKey;
import io.x402compute.x402.protocol.Wallet;

/**
 * A route for wallets: nothing is done before it is known who calls, every call is counted, and a write under an
 * {@code Idempotency-Key} is done once.
 */
abstract class WalletEndpoint extends Endpoint {
    private final Function<ApiRequest, Wallet> callers;
    private final CallKind kind;
    private final RateLimit limit;
    private final KeyedWrites writes;

    /** @param callers finds out who calls, or refuses */
    WalletEndpoint(Application application, Function<ApiRequest, Wallet> callers, CallKind kind) {
        this(application, callers, kind, new AccessServices(application).keyedWrites());
    }

    /** @param writes keeps the answers of this route */
    WalletEndpoint(Application application, Function<ApiRequest, Wallet> callers, CallKind kind, KeyedWrites writes) {
        super(application);
        this.callers = callers;
        this.kind = kind;
        this.limit = new AccessServices(application).rateLimit(kind);
        this.writes = writes;
    }

    /** Serves one request of that wallet. A write whose function died at it may come here again. */
    abstract ApiResponse handle(ApiRequest request, Wallet caller);

    /** As the other, for a write whose answer cannot be had a second time. */
    ApiResponse handle(ApiRequest request, Wallet caller, KeptAnswer kept) {
        return handle(request, caller);
    }

    @Override
    protected final ApiResponse handle(ApiRequest request) {
        Optional<IdempotencyKey> key = key(request);
        Wallet caller = callers.apply(request);
        return limit.serve(caller, () -> key.map(given -> once(new RequestKey(caller, given), request))
                .orElseGet(() -> handle(request, caller)));
    }

    /** Of a write: reading twice does no harm. */
    private Optional<IdempotencyKey> key(ApiRequest request) {
        return switch (kind) {
            case READS -> Optional.empty();
            case WRITES -> request.idempotencyKey();
        };
    }

    private ApiResponse once(RequestKey key, ApiRequest request) {
        return writes.serve(key, Fingerprint.of(request), kept -> handle(request, key.wallet(), kept));
    }
}
