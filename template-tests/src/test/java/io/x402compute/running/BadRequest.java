package io.x402compute.running;

import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;

/**
 * A request that must be answered with an error.
 *
 * @param name what is wrong with it
 * @param path in which {@code {id}} stands for a machine of the caller's
 */
record BadRequest(
        String name, int status, String code, String method, String path, Map<String, String> headers, byte[] body) {

    /** An order for a machine that is right but for one thing, answered with 400. */
    static BadRequest order(String name, String code, Consumer<ObjectNode> edit) {
        ObjectNode body = MachineRequest.body();
        edit.accept(body);
        return post(name, 400, code, MachineRequest.PROVISION, WalletHeaders.bytes(Json.write(body)));
    }

    /** An order for a machine that is no order at all. */
    static BadRequest text(String name, String code, String body) {
        return post(name, 400, code, MachineRequest.PROVISION, WalletHeaders.bytes(body));
    }

    static BadRequest extension(String name, String code, String body) {
        return post(name, 400, code, "/compute/instances/{id}/extend", WalletHeaders.bytes(body));
    }

    static BadRequest post(String name, int status, String code, String path, byte[] body) {
        return new BadRequest(name, status, code, "POST", path, Map.of(), body);
    }

    static BadRequest with(String name, int status, String code, String method, String path,
            Map<String, String> headers) {
        return new BadRequest(name, status, code, method, path, headers, new byte[0]);
    }

    Answer send(Agent sender, String instance) {
        return sender.send(method, path.replace("{id}", instance), headers, body);
    }

    @Override
    public String toString() {
        return name;
    }
}
