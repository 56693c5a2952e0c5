package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;

/** What a wallet may do in a minute, with the template's own numbers. */
class RateLimitsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.withLimits();

    private static final String INSTANCES = "/compute/instances";
    private static final String KEYS = "/compute/api-keys";
    private static final byte[] NO_BODY = new byte[0];
    private static final int WRITES = 60;

    private final Agent agent = running.agent(1);

    /** All that a test does fits into the minute that begins now. */
    @BeforeEach
    void beginAMinute() {
        running.pass(Duration.ofSeconds(60 - running.now().getEpochSecond() % 60));
    }

    @Test
    void everyAnswerToAKnownCallerSaysWhatIsLeft() {
        Answer first = agent.signed("GET", INSTANCES);
        Answer unknown = agent.signed("GET", MachineRequest.instance("00000000-0000-0000-0000-000000000000"));

        assertThat(header(first, "RateLimit-Policy")).isEqualTo("\"reads\";q=240;w=60");
        assertThat(header(first, "RateLimit")).matches("\"reads\";r=239;t=(60|[1-5]?[0-9])");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(header(unknown, "RateLimit")).startsWith("\"reads\";r=238;");
    }

    @Test
    void strangersAreNeitherCountedNorTold() {
        assertThat(agent.send("GET", INSTANCES, Map.of(), NO_BODY).headers().firstValue("RateLimit")).isEmpty();
        Map<String, String> forged = running.agent(2).credentials().sign("GET", INSTANCES, NO_BODY, running.now());
        forged.put("X-Auth-Address", agent.address());
        assertThat(agent.send("GET", INSTANCES, forged, NO_BODY).status()).isEqualTo(401);

        Map<String, String> headers = agent.credentials().sign("GET", INSTANCES, NO_BODY, running.now());
        assertThat(header(agent.send("GET", INSTANCES, headers, NO_BODY), "RateLimit")).startsWith("\"reads\";r=239;");
        assertThat(agent.send("GET", INSTANCES, headers, NO_BODY).status()).as("a replay").isEqualTo(401);
        assertThat(header(agent.signed("GET", INSTANCES), "RateLimit")).startsWith("\"reads\";r=238;");
    }

    @Test
    void aCallTooManyChangesNothingAndSaysWhenToComeBack() {
        String id = agent.machine();
        String key = agent.signed("POST", KEYS).body().path("api_key").textValue();
        UsedSecrets.remember(key);
        for (int write = 1; write < WRITES; write++) {
            assertThat(agent.signed("DELETE", MachineRequest.instance("none")).status()).isEqualTo(404);
        }
        World before = running.world();

        Answer refused = agent.signed("DELETE", MachineRequest.instance(id));
        Answer byKey = agent.send("DELETE", MachineRequest.instance(id), Map.of("X-API-Key", key), NO_BODY);

        for (Answer answer : new Answer[]{refused, byKey}) {
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.body().path("code").textValue()).isEqualTo("rate_limited");
            assertThat(header(answer, "RateLimit")).startsWith("\"writes\";r=0;t=" + header(answer, "Retry-After"));
        }
        assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 60);
        assertThat(running.world()).usingRecursiveComparison().ignoringFields("rows").isEqualTo(before);
        assertThat(agent.instance(id).path("status").textValue()).as("looking is counted apart")
                .isEqualTo("provisioning");
        assertThat(running.agent(2).signed("DELETE", MachineRequest.instance(id)).status()).as("somebody else's call")
                .isEqualTo(404);

        running.pass(Duration.ofSeconds(Long.parseLong(header(refused, "Retry-After"))));
        assertThat(agent.signed("DELETE", MachineRequest.instance(id)).status()).isEqualTo(200);
    }

    @Test
    void aPaymentWithoutCredentialsIsNotCounted() {
        for (int write = 0; write < WRITES; write++) {
            agent.signed("DELETE", MachineRequest.instance("none"));
        }
        byte[] body = WalletHeaders.bytes(Json.write(MachineRequest.body()));
        Map<String, String> signed = agent.credentials().sign("POST", PROVISION, body, running.now());

        assertThat(agent.send("POST", PROVISION, signed, body).status()).isEqualTo(429);
        agent.machine();
    }

    private static String header(Answer answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }
}
