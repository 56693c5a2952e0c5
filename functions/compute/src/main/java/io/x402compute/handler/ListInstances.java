package io.x402compute.handler;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.access.Authenticator;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceStore;

/** {@code GET /compute/instances}: the caller's machines, newest first, those that are gone included. */
public final class ListInstances extends Endpoint {
    private final Authenticator authenticator;
    private final InstanceStore instances;

    public ListInstances() {
        this(System.getenv());
    }

    public ListInstances(Map<String, String> environment) {
        this(new Application(environment));
    }

    ListInstances(Application application) {
        super(application);
        authenticator = application.authenticator();
        instances = application.instances();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        List<Instance> owned = instances.ownedBy(authenticator.require(request));
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("instances");
        owned.forEach(instance -> list.add(InstanceJson.of(instance)));
        return ApiResponse.ok(body.put("count", owned.size()));
    }
}
