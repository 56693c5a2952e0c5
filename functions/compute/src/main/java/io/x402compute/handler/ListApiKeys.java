package io.x402compute.handler;

import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.access.ApiKeys;
import io.x402compute.access.Authenticator;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.x402.protocol.Wallet;

/** {@code GET /compute/api-keys}: the caller's keys, newest first, those that are revoked included; never the keys themselves. */
public final class ListApiKeys extends Endpoint {
    private final Authenticator authenticator;
    private final ApiKeys keys;

    public ListApiKeys() {
        this(System.getenv());
    }

    public ListApiKeys(Map<String, String> environment) {
        this(new Application(environment));
    }

    ListApiKeys(Application application) {
        super(application);
        authenticator = application.authenticator();
        keys = application.apiKeys();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        Wallet owner = authenticator.require(request);
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("api_keys");
        keys.ownedBy(owner).forEach(key -> list.add(ApiKeyJson.listed(key)));
        return ApiResponse.ok(body);
    }

    @Override
    protected void prime() {
        rehearse(new ListApiKeys(application().rehearsal()), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED,
                "");
    }
}
