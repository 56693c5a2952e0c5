package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.x402.protocol.PaymentPayload;

/** Keys that a wallet makes, so that an agent can ask without signing. */
class ApiKeysTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final String KEYS = "/compute/api-keys";
    private static final String INSTANCES = "/compute/instances";
    private static final byte[] NO_BODY = new byte[0];
    private static final int MOST_KEYS = 25;

    private final Agent agent = running.agent(2);

    @Test
    void aKeyListsItsWalletsMachinesUntilItIsRevoked() {
        String id = agent.machine();
        Answer created = create(agent, Optional.of("my-agent"));
        Map<String, String> key = keyOf(created);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body().fieldNames()).toIterable()
                .containsExactlyInAnyOrder("api_key", "id", "label", "created_at");
        assertThat(created.body().path("api_key").textValue()).matches("^x402c_[A-Za-z0-9_-]+$");
        assertThat(created.body().path("label").textValue()).isEqualTo("my-agent");
        assertThat(Instant.parse(created.body().path("created_at").textValue())).isBeforeOrEqualTo(running.now());
        Answer listed = get(INSTANCES, key);
        assertThat(listed.status()).isEqualTo(200);
        assertThat(Json.write(listed.body())).contains(id);
        assertThat(get(MachineRequest.instance(id), key).status()).isEqualTo(200);
        assertThat(get(MachineRequest.instance(id), keyOf(create(running.agent(4), Optional.empty()))).status())
                .as("a key of somebody else").isEqualTo(404);

        Answer revoked = revoke(agent, idOf(created));

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.body()).isEqualTo(Json.object().put("success", true).put("id", idOf(created)));
        assertThat(get(INSTANCES, key).status()).isEqualTo(401);
        assertThat(get(INSTANCES, key).body().path("code").textValue()).isEqualTo("unknown_api_key");
        assertThat(revoke(agent, idOf(created)).status()).as("revoked again").isEqualTo(200);
    }

    @Test
    void keysAreListedWithoutThemselves() {
        Answer unused = create(agent, Optional.empty());
        Answer used = create(agent, Optional.of("used"));

        Answer listed = get(KEYS, keyOf(used));
        JsonNode entry = entry(listed, idOf(used));

        assertThat(unused.body().path("label").isNull()).isTrue();
        assertThat(listed.status()).isEqualTo(200);
        assertThat(Json.write(listed.body())).doesNotContain(used.body().path("api_key").textValue());
        assertThat(used.body().path("api_key").textValue()).endsWith(entry.path("key_last4").textValue());
        assertThat(entry.path("created_at")).isEqualTo(used.body().path("created_at"));
        assertThat(entry.has("revoked_at")).isTrue();
        assertThat(entry.path("revoked_at").isNull()).isTrue();
        assertThat(entry.path("last_used_at").textValue()).isNotBlank();
        assertThat(entry(listed, idOf(unused)).has("last_used_at")).isFalse();

        revoke(agent, idOf(unused));
        assertThat(entry(agent.signed("GET", KEYS), idOf(unused)).path("revoked_at").textValue()).isNotBlank();
        revoke(agent, idOf(used));
    }

    @Test
    void aKeyNeitherMakesNorRevokesKeys() {
        Answer created = create(agent, Optional.empty());

        Answer another = agent.send("POST", KEYS, keyOf(created), NO_BODY);
        Answer gone = agent.send("DELETE", KEYS + "/" + idOf(created), keyOf(created), NO_BODY);

        assertThat(another.status()).isEqualTo(403);
        assertThat(another.body().path("code").textValue()).isEqualTo("signature_required");
        assertThat(gone.status()).isEqualTo(403);
        assertThat(revoke(running.agent(4), idOf(created)).status()).as("by somebody else").isEqualTo(404);
        assertThat(get(INSTANCES, keyOf(created)).status()).isEqualTo(200);
        revoke(agent, idOf(created));
    }

    @Test
    void aKeyDoesNotPayAndItsWalletMustBeThePayer() {
        Answer created = create(agent, Optional.empty());
        ObjectNode body = MachineRequest.body();
        assertThat(agent.post(PROVISION, body, keyOf(created)).status()).isEqualTo(402);

        Agent stranger = running.agent(4);
        long before = stranger.balance();
        Answer refused = paid(created, body, stranger.sign(stranger.quote(PROVISION, body)));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("code").textValue()).isEqualTo("payer_mismatch");
        assertThat(stranger.balance()).isEqualTo(before);
        Answer bought = paid(created, body, agent.sign(agent.quote(PROVISION, body)));
        assertThat(bought.status()).isEqualTo(201);
        assertThat(bought.order().path("user_wallet").textValue()).isEqualToIgnoringCase(agent.address());
        revoke(agent, idOf(created));
    }

    @Test
    void aWalletHasTwentyFiveKeysAtMost() {
        Agent collector = running.agent(5);
        for (int made = 0; made < MOST_KEYS; made++) {
            assertThat(create(collector, Optional.empty()).status()).isEqualTo(201);
        }

        Answer refused = create(collector, Optional.empty());

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("code").textValue()).isEqualTo("too_many_keys");
        collector.signed("GET", KEYS).body().path("api_keys")
                .forEach(key -> assertThat(revoke(collector, key.path("id").textValue()).status()).isEqualTo(200));
    }

    private Answer paid(Answer created, ObjectNode body, PaymentPayload payment) {
        return agent.post(PROVISION, body,
                Map.of("X-API-Key", created.body().path("api_key").textValue(), payment.headerName(),
                        payment.headerText()));
    }

    private Answer get(String path, Map<String, String> headers) {
        return agent.send("GET", path, headers, NO_BODY);
    }

    private static Answer create(Agent owner, Optional<String> label) {
        byte[] body = label.map(text -> WalletHeaders.bytes(Json.write(Json.object().put("label", text))))
                .orElse(NO_BODY);
        Answer created = owner.send("POST", KEYS, owner.credentials().sign("POST", KEYS, body, running.now()), body);
        if (created.status() == 201) {
            UsedSecrets.rememberUnkept(created.body().path("api_key").textValue());
        }
        return created;
    }

    private static Answer revoke(Agent owner, String id) {
        return owner.signed("DELETE", KEYS + "/" + id);
    }

    private static Map<String, String> keyOf(Answer created) {
        return Map.of("X-API-Key", created.body().path("api_key").textValue());
    }

    private static String idOf(Answer created) {
        return created.body().path("id").textValue();
    }

    private static JsonNode entry(Answer listed, String id) {
        return listed.body().path("api_keys").valueStream().filter(key -> key.path("id").textValue().equals(id))
                .findFirst().orElseThrow();
    }
}
