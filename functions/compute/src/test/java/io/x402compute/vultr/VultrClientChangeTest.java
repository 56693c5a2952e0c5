package io.x402compute.vultr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VultrClientChangeTest {
    private static final String LARGER = "vcg-a16-2c-16g-4vram";

    private final ScriptedProvider provider = new ScriptedProvider();
    private final VultrClient client = provider.client(new TestTime());

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void eachChangeGoesToItsOwnRoute() {
        provider.then(204, "").then(204, "").then(204, "")
                .then(202, "{\"instance\": {}, \"job_ids\": [\"5e7\", \"5e8\"]}");

        assertThat(client.start("a-1")).isEqualTo(new Change.Accepted(Optional.empty()));
        assertThat(client.halt("a-1")).isEqualTo(new Change.Accepted(Optional.empty()));
        assertThat(client.reboot("a-1")).isEqualTo(new Change.Accepted(Optional.empty()));
        assertThat(client.resize("a-1", LARGER)).isEqualTo(new Change.Accepted(Optional.of("5e7")));
        assertThat(provider.requests()).containsExactly("POST /instances/a-1/start", "POST /instances/a-1/halt",
                "POST /instances/a-1/reboot", "PATCH /instances/a-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"instance\": {\"id\": \"4f0f12", "<html>", "[]", "{\"job_ids\": [\"../account\"]}"})
    void aSuccessIsAYesWhateverItSays(String body) {
        provider.then(202, body);

        assertThat(client.resize("a-1", LARGER)).isEqualTo(new Change.Accepted(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504, 307})
    void whatMayHaveBeenCarriedOutIsUnknownAndNeverSentAgain(int status) {
        provider.then(status, "{\"error\": \"no\", \"status\": 0}").then(202, "{}");

        assertThat(client.resize("a-1", LARGER)).isInstanceOf(Change.Unknown.class);
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void aCutConnectionIsUnknownAndNeverSentAgain() {
        provider.thenCut().then(204, "").thenCut().then(204, "");

        assertThat(client.reboot("a-1")).isInstanceOf(Change.Unknown.class);
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void noAnswerInTimeIsUnknown() {
        provider.thenSilence();

        assertThat(client.within(Duration.ofMillis(50)).halt("a-1")).isInstanceOf(Change.Unknown.class);
    }

    @Test
    void aLockedMachineIsNotChangedYet() {
        provider.then(500, "{\"error\": \"Unable to halt server: Server is currently locked\", \"status\": 500}");

        assertThat(client.halt("a-1"))
                .isEqualTo(new Change.Busy("Unable to halt server: Server is currently locked"));
    }

    @Test
    void aRefusalIsDefinite() {
        provider.then(400, "{\"error\": \"Invalid plan chosen.\", \"status\": 400}");

        assertThat(client.resize("a-1", LARGER))
                .isEqualTo(new Change.Refused(400, Refusal.PLAN, "Invalid plan chosen."));
    }

    @Test
    void aMachineIsGoneOnlyIfTheApiSaysSo() {
        provider.then(404, "{\"error\": \"instance not found\", \"status\": 404}").then(404, "<html>");

        assertThat(client.start("a-1")).isEqualTo(new Change.Gone());
        assertThat(client.start("a-1")).isInstanceOf(Change.Refused.class);
    }

    @Test
    void tooManyRequestsAreAskedForLaterButNotMuchLater() {
        provider.then(429, "{\"error\": \"rate limit exceeded\", \"status\": 429}", Map.of("Retry-After", "3600"));

        assertThat(client.start("a-1")).isEqualTo(new Change.Throttled(Duration.ofSeconds(60)));
    }

    @Test
    void aChangeThatFoundNoConnectionWasNotCarriedOut() {
        URI base = provider.base();
        provider.close();

        assertThat(new VultrClient(base, () -> "key", new Pace(10)).reboot("a-1")).isInstanceOf(Change.Throttled.class);
    }

    @Test
    void whatIsNoIdIsAskedForNowhere() {
        assertThatThrownBy(() -> client.halt("../account")).isInstanceOf(IllegalArgumentException.class);
        assertThat(provider.requests()).isEmpty();
    }
}
