package io.x402compute.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.InstanceStore;
import io.x402compute.x402.protocol.Wallet;

/** Instances as their owners, and nobody else, get to see them. */
final class OwnedInstances {
    private final InstanceStore instances;

    OwnedInstances(InstanceStore instances) {
        this.instances = instances;
    }

    /**
     * The owner's instance.
     *
     * @throws ApiException 404 when there is none of that id, or it is somebody else's: who asks cannot tell which
     */
    Instance find(String id, Wallet owner) {
        return InstanceId.parse(id)
                .flatMap(instances::find)
                .filter(instance -> instance.owner().equals(owner))
                .orElseThrow(() -> ApiException.notFound("instance"));
    }

    /** Known clients look under {@code order} or under {@code instance}. */
    static ApiResponse render(Instance instance) {
        ObjectNode json = InstanceJson.of(instance);
        ObjectNode body = Json.object().put("success", true);
        body.set("order", json);
        body.set("instance", json);
        body.setAll(json.deepCopy().retain("credited", "credited_hours"));
        return ApiResponse.ok(body);
    }
}
