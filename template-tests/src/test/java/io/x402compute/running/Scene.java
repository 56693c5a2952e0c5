package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.x402.protocol.PaymentPayload;

/**
 * What there is when a bad request comes in: an owner with a machine that runs and one that is gone, with two that have a
 * password, one of which was seen, with an API key and one that is revoked, with a run that waits and one that is done; and somebody else, who also
 * has a machine, a key and a run that waits.
 *
 * @param ids by the names that paths call them by
 * @param key the owner's
 * @param revokedKey the owner's until it was revoked
 * @param usedPayment has bought the owner's machine
 * @param burnt headers that have listed the owner's machines
 */
record Scene(
        Agent owner,
        Agent stranger,
        Map<String, String> ids,
        String key,
        String revokedKey,
        PaymentPayload usedPayment,
        Map<String, String> burnt,
        Clock clock) {
    private static final String KEYS = "/compute/api-keys";
    private static final byte[] NO_BODY = new byte[0];

    static Scene set(RunningCloud running) {
        Agent owner = running.agent(1);
        Agent stranger = running.agent(4);
        String gone = owner.machine();
        require(200, owner.signed("DELETE", MachineRequest.instance(gone)));
        ObjectNode body = MachineRequest.body();
        PaymentPayload payment = owner.sign(owner.quote(PROVISION, body));
        String mine = require(201, owner.pay(PROVISION, body, payment)).order().path("id").textValue();
        String others = stranger.machine();
        String keyless = owner.machine(MachineRequest.keyless());
        String seen = owner.machine(MachineRequest.keyless());
        running.awaitBoot();
        require(200, owner.password(seen));
        // Looking is what tells that it is up.
        owner.instance(keyless);
        Answer key = key(owner, running.now());
        Answer revoked = key(owner, running.now());
        require(200, owner.signed("DELETE", KEYS + "/" + id(revoked)));
        Answer foreign = key(stranger, running.now());
        KeptJobs jobs = new KeptJobs(running);
        Map<String, String> burnt = owner.credentials().sign("GET", "/compute/instances", NO_BODY, running.now());
        require(200, owner.send("GET", "/compute/instances", burnt, NO_BODY));
        // What its first use notes down, it notes now.
        require(200, owner.send("GET", "/compute/instances", Map.of("X-API-Key", text(key)), NO_BODY));
        return new Scene(owner, stranger,
                Map.ofEntries(Map.entry("machine", mine), Map.entry("keyless-machine", keyless),
                        Map.entry("seen-machine", seen), Map.entry("gone-machine", gone),
                        Map.entry("no-machine", UUID.randomUUID().toString()), Map.entry("others-machine", others),
                        Map.entry("key", id(key)), Map.entry("others-key", id(foreign)),
                        Map.entry("job", jobs.waiting(owner.address()).toString()),
                        Map.entry("spoken-job", jobs.spoken(owner.address()).toString()),
                        Map.entry("others-job", jobs.waiting(stranger.address()).toString())),
                text(key), text(revoked), payment, burnt, running.cloud().clock());
    }

    Instant now() {
        return clock.instant();
    }

    /** That path with ids in place of their names. */
    String path(String template) {
        String path = template;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue());
        }
        return path;
    }

    private static Answer key(Agent owner, Instant now) {
        Answer created = require(201,
                owner.send("POST", KEYS, owner.credentials().sign("POST", KEYS, NO_BODY, now), NO_BODY));
        UsedSecrets.remember(text(created));
        return created;
    }

    private static String id(Answer key) {
        return key.body().path("id").textValue();
    }

    private static String text(Answer key) {
        return key.body().path("api_key").textValue();
    }

    private static Answer require(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("answered %d %s".formatted(answer.status(), Json.write(answer.body())));
        }
        return answer;
    }
}
