package io.x402compute.vultr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VultrClientCreateTest {
    private static final CreateInstance ORDER = new CreateInstance("ewr", "vcg-a16-2c-8g-2vram", 2284, "op-1",
            List.of("op-1", "shop"), "", "");

    private final ScriptedProvider provider = new ScriptedProvider();
    private final VultrClient client = provider.client(new TestTime());

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void aCreatedMachineIsReadWithoutItsPassword() {
        provider.then(202, """
                {"instance": {"id": "4f0f12e5-1f84-404f-aa84-85f431ea5ec2", "status": "pending", "main_ip": "0.0.0.0",
                 "default_password": "v5{Fkvb#2ycPGwHs", "date_created": "2021-09-14T08:22:20-05:00", "new": [{}]}}
                """);

        assertThat(client.createInstance(ORDER)).isInstanceOfSatisfying(Create.Created.class, created -> {
            assertThat(created.instance().created().orElseThrow()).isEqualTo("2021-09-14T13:22:20Z");
            assertThat(created.instance().address()).isEmpty();
            assertThat(created.toString()).doesNotContain("v5{Fkvb");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504, 307})
    void whatMayHaveBeenCarriedOutIsUnknownAndNeverSentAgain(int status) {
        provider.then(status, "{\"error\": \"no\", \"status\": 0}").then(202, "{}");

        assertThat(client.createInstance(ORDER)).isInstanceOf(Create.Unknown.class);
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void aCutConnectionIsUnknownAndNeverSentAgain() {
        provider.thenCut().then(202, "{}");

        assertThat(client.createInstance(ORDER)).isInstanceOf(Create.Unknown.class);
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void noAnswerInTimeIsUnknown() {
        provider.thenSilence();

        assertThat(client.within(Duration.ofMillis(50)).createInstance(ORDER)).isInstanceOf(Create.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "{\"instance\": {\"id\": \"4f0f12", "<html>", "{}", "[]", "{\"instance\": {\"id\": \"../account\"}}"})
    void aSuccessThatCannotBeReadIsUnknown(String body) {
        provider.then(202, body);

        assertThat(client.createInstance(ORDER)).isInstanceOf(Create.Unknown.class);
    }

    @Test
    void aRefusalIsDefinite() {
        provider.then(400, "{\"error\": \"Invalid plan\\n chosen.\", \"status\": 400}");

        assertThat(client.createInstance(ORDER))
                .isEqualTo(new Create.Refused(400, Refusal.PLAN, "Invalid plan  chosen."));
    }

    @Test
    void tooManyRequestsAreAskedForLaterButNotMuchLater() {
        provider.then(429, "{\"error\": \"rate limit exceeded\", \"status\": 429}", Map.of("Retry-After", "3600"));

        assertThat(client.createInstance(ORDER)).isEqualTo(new Create.Throttled(Duration.ofSeconds(60)));
        assertThat(client.within(Duration.ofSeconds(10)).createInstance(ORDER))
                .isEqualTo(new Create.Throttled(Duration.ofSeconds(60)));
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void anOrderThatFoundNoConnectionWasNotCarriedOut() {
        URI base = provider.base();
        provider.close();

        assertThat(new VultrClient(base, () -> "key", new Pace(10)).createInstance(ORDER))
                .isInstanceOf(Create.Throttled.class);
    }

    @Test
    void aKeyThatCannotBeSentIsRefusedWithoutBeingShown() {
        VultrClient misconfigured = new VultrClient(provider.base(), () -> "secret\nkey", new Pace(10));

        assertThat(misconfigured.createInstance(ORDER)).isInstanceOfSatisfying(Create.Refused.class, refused -> {
            assertThat(refused.kind()).isEqualTo(Refusal.CONFIGURATION);
            assertThat(refused.text()).doesNotContain("secret");
        });
        assertThat(provider.requests()).isEmpty();
    }
}
