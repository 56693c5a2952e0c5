package io.x402compute.running;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;

/**
 * A request while it is written by hand: signed as it stands, and perhaps changed afterwards. Nothing of it is made before it
 * is sent, for a signature holds for minutes and a nonce once.
 *
 * @param path percent-encoded, with the names of {@link Scene#ids} in braces for what they stand for
 * @param headers adds to, or takes from, those that came before
 */
record RequestDraft(String method, String path, byte[] body, BiConsumer<Scene, Map<String, String>> headers) {
    private static final byte[] NO_BODY = new byte[0];

    static RequestDraft request(String method, String path) {
        return new RequestDraft(method, path, NO_BODY, (scene, headers) -> {});
    }

    static RequestDraft get(String path) {
        return request("GET", path);
    }

    static RequestDraft delete(String path) {
        return request("DELETE", path);
    }

    static RequestDraft post(String path) {
        return request("POST", path);
    }

    static RequestDraft post(String path, String body) {
        return post(path).saying(body);
    }

    /** An order for a machine that is right but for one thing. */
    static RequestDraft order(Consumer<ObjectNode> edit) {
        ObjectNode body = MachineRequest.body();
        edit.accept(body);
        return post(MachineRequest.PROVISION, Json.write(body));
    }

    /** An order for a machine with nothing wrong. */
    static RequestDraft order() {
        return order(body -> {});
    }

    RequestDraft saying(String text) {
        return saying(WalletHeaders.bytes(text));
    }

    RequestDraft saying(byte[] bytes) {
        return new RequestDraft(method, path, bytes, headers);
    }

    RequestDraft with(String name, String value) {
        return with(name, scene -> value);
    }

    RequestDraft with(String name, Function<Scene, String> value) {
        return and((scene, all) -> all.put(name, value.apply(scene)));
    }

    RequestDraft with(Function<Scene, Map<String, String>> more) {
        return and((scene, all) -> all.putAll(more.apply(scene)));
    }

    RequestDraft without(String name) {
        return and((scene, all) -> all.remove(name));
    }

    /** Signed by the machine's owner. */
    RequestDraft signed() {
        return signed(scene -> scene.owner().credentials());
    }

    RequestDraft signed(Function<Scene, WalletHeaders> credentials) {
        return signedAs(method, path, credentials);
    }

    /** Signed as if it were another request. */
    RequestDraft signedAs(String otherMethod, String otherPath) {
        return signedAs(otherMethod, otherPath, scene -> scene.owner().credentials());
    }

    /** With the owner's API key. */
    RequestDraft keyed() {
        return with("X-API-Key", Scene::key);
    }

    /** With a payment of what it costs, right in every way but for who makes it. */
    RequestDraft paid(Function<Scene, Agent> payer) {
        return with(scene -> {
            var payment = payer.apply(scene).sign(payer.apply(scene).quote(scene.path(path), json()));
            return Map.of(payment.headerName(), payment.headerText());
        });
    }

    Answer send(Scene scene) {
        Map<String, String> all = new LinkedHashMap<>();
        headers.accept(scene, all);
        return scene.owner().send(method, scene.path(path), all, body);
    }

    private RequestDraft signedAs(String signedMethod, String signedPath, Function<Scene, WalletHeaders> credentials) {
        return with(scene -> credentials.apply(scene).sign(signedMethod, scene.path(signedPath), body, scene.now()));
    }

    private ObjectNode json() {
        return (ObjectNode) Json.readOwn(new String(body, StandardCharsets.UTF_8));
    }

    private RequestDraft and(BiConsumer<Scene, Map<String, String>> more) {
        return new RequestDraft(method, path, body, headers.andThen(more));
    }
}
