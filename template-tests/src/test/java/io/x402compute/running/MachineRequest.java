package io.x402compute.running;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** What is bought here: a day of the provider's smallest GPU plan. */
final class MachineRequest {
    static final String PROVISION = "/compute/provision";
    static final String PLAN = "vcg-a16-2c-8g-2vram";
    static final String LARGER_PLAN = "vcg-a16-2c-16g-4vram";
    static final String REGION = "ewr";
    static final int HOURS = 24;
    /** What it costs. */
    static final String QUOTE = "/compute/quote?plan=" + PLAN + "&region=" + REGION + "&prepaid_hours=" + HOURS;
    /** 0.059 dollars an hour at the provider, 20 % markup, 24 hours. */
    static final long PRICE_MICROS = 1_699_200;

    private static final String KEY_TYPE = "ssh-ed25519";
    private static final int KEY_BYTES = 32;

    private MachineRequest() {}

    /** The body that the public skill sends; the key is a new one each time. */
    static ObjectNode body() {
        return Json.object()
                .put("plan", PLAN)
                .put("region", REGION)
                .put("os_id", 2284)
                .put("label", "agent-machine")
                .put("prepaid_hours", HOURS)
                .put("network", "base")
                .put("ssh_public_key", sshKey());
    }

    /** The same without a key: its owner gets in by password. */
    static ObjectNode keyless() {
        return body().without("ssh_public_key");
    }

    /** The next larger plan, of twice the price. */
    static ObjectNode resize() {
        return Json.object().put("plan", LARGER_PLAN).put("confirm_disk_resize", true);
    }

    /** Of a day each, and of two at most. */
    static ObjectNode autoExtend() {
        return Json.object().put("enabled", true).put("extend_hours", HOURS).put("max_total", "3.50");
    }

    /** @param verb {@code start}, {@code stop}, {@code reboot} or {@code resize} */
    static String operation(String id, String verb) {
        return instance(id) + "/" + verb;
    }

    static String password(String id) {
        return instance(id) + "/password";
    }

    static String extend(String id) {
        return instance(id) + "/extend";
    }

    static String events(String id) {
        return instance(id) + "/events";
    }

    static String instance(String id) {
        return "/compute/instances/" + id;
    }

    private static String sshKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        byte[] type = KEY_TYPE.getBytes(StandardCharsets.US_ASCII);
        byte[] blob = ByteBuffer.allocate(2 * Integer.BYTES + type.length + key.length)
                .putInt(type.length).put(type).putInt(key.length).put(key).array();
        return KEY_TYPE + " " + UsedSecrets.remember(Base64.getEncoder().encodeToString(blob));
    }
}
