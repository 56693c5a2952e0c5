package io.x402compute.cli.purchase;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.WireJson;

/**
 * Something that is to happen once.
 *
 * @param name by which the API knows it, however often it is asked for: the {@code Idempotency-Key}
 * @param begunAt when it was wished for first
 * @param agreed what it may cost, nothing more was agreed to
 */
record Wish(String name, Instant begunAt, Usdc agreed) {

    ObjectNode toJson() {
        return WireJson.object().put("idempotency_key", name).put("begun_at", begunAt.toString())
                .put("agreed_micro_usdc", agreed.micros());
    }

    /** Empty when it is not what {@link #toJson} makes. */
    static Optional<Wish> of(ObjectNode json) {
        Optional<String> name = WireJson.text(json, "idempotency_key");
        try {
            return name.map(known -> new Wish(known, Instant.parse(json.path("begun_at").asText()),
                    new Usdc(json.path("agreed_micro_usdc").longValue())));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
