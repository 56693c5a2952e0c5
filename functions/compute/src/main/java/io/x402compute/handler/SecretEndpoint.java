package io.x402compute.handler;

import java.util.function.Function;

import io.x402compute.access.CallKind;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.idempotency.KeptAnswer;
import io.x402compute.x402.protocol.Wallet;

/**
 * A route that tells a secret once. Under a key the same caller can have the very same answer again, so it is sealed, and written
 * together with what makes it the only one.
 */
abstract class SecretEndpoint extends WalletEndpoint {

    SecretEndpoint(Application application, Function<ApiRequest, Wallet> callers) {
        super(application, callers, CallKind.WRITES, new AccessServices(application).sealedWrites());
    }

    @Override
    final ApiResponse handle(ApiRequest request, Wallet caller) {
        return handle(request, caller, KeptAnswer.nowhere());
    }

    /** Serves one request of that wallet. */
    @Override
    abstract ApiResponse handle(ApiRequest request, Wallet caller, KeptAnswer kept);
}
