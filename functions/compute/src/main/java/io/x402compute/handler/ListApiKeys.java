package io.x402compute.handler;

import java.util.Map;
import java.util.function.Predicate;

import io.x402compute.access.ApiKey;
import io.x402compute.access.ApiKeys;
import io.x402compute.access.CallKind;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.page.Page;
import io.x402compute.x402.protocol.Wallet;

/** {@code GET /compute/api-keys}: the caller's keys, newest first, those that are revoked included; never the keys themselves. */
public final class ListApiKeys extends WalletEndpoint {
    private static final String STATUS = "status";

    private final ApiKeys keys;

    public ListApiKeys() {
        this(System.getenv());
    }

    public ListApiKeys(Map<String, String> environment) {
        this(new Application(environment));
    }

    ListApiKeys(Application application) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.READS);
        keys = new AccessServices(application).apiKeys();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        ListQuery query = ListQuery.of(request, caller, STATUS);
        Page<ApiKey> page = keys.ownedBy(caller,
                query.page(query.fields().optionalText(STATUS, 16).map(ListApiKeys::having)));
        return ApiResponse.ok(query.answer("api_keys", page, ApiKeyJson::listed));
    }

    private static Predicate<ApiKey> having(String status) {
        return switch (status) {
            case "active" -> key -> key.revokedAt().isEmpty();
            case "revoked" -> key -> key.revokedAt().isPresent();
            default -> throw ApiException.invalidField(STATUS, "must be active or revoked");
        };
    }

    @Override
    protected void prime() {
        rehearse(new ListApiKeys(application().rehearsal()), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED,
                "");
    }
}
