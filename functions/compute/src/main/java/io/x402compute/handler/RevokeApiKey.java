package io.x402compute.handler;

import java.time.Clock;
import java.util.Map;

import io.x402compute.access.ApiKeyId;
import io.x402compute.access.ApiKeys;
import io.x402compute.access.CallKind;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.x402.protocol.Wallet;

/** {@code DELETE /compute/api-keys/{id}}: ends one of the keys of the wallet that signs, at once and for good. */
public final class RevokeApiKey extends WalletEndpoint {
    private final ApiKeys keys;
    private final Clock clock;

    public RevokeApiKey() {
        this(System.getenv());
    }

    public RevokeApiKey(Map<String, String> environment) {
        this(new Application(environment));
    }

    RevokeApiKey(Application application) {
        super(application, new AccessServices(application).signatures()::require, CallKind.WRITES);
        keys = new AccessServices(application).apiKeys();
        clock = application.clock();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        ApiKeyId id = ApiKeyId.parse(request.pathParameter("id")).orElseThrow(RevokeApiKey::unknown);
        return switch (keys.revoke(caller, id, clock.instant())) {
            case REVOKED -> ApiResponse.ok(Json.object().put("success", true).put("id", id.toString()));
            case UNKNOWN -> throw unknown();
            case BUSY -> throw ApiKeyJson.busy();
        };
    }

    private static ApiException unknown() {
        return ApiException.notFound("API key");
    }

    @Override
    protected void prime() {
        rehearse(new RevokeApiKey(application().rehearsal()), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED,
                "");
    }
}
