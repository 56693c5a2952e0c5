package io.x402compute.local.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceChangesTest {
    private static final String LARGER = "vcg-a16-2c-16g-4vram";

    private final Provider provider = new Provider();
    private final RawApi api = new RawApi(provider.simulator);
    private String path;

    @BeforeEach
    void makeOne() {
        path = "/instances/" + provider.create(Provider.GPU, "op-1").id();
        provider.clock.advance(Duration.ofMinutes(2));
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void tagsAreReplacedAsAWholeAndNullKeepsThem() {
        api.send("PATCH", path, "{\"tags\": [\"b\"], \"label\": \"new\"}");
        JsonNode shown = api.send("PATCH", path, "{\"tags\": null}").body().path("instance");

        assertThat(shown.path("tags")).hasSize(1);
        assertThat(shown.path("label").textValue()).isEqualTo("new");
        assertThat(api.send("GET", "/instances?tag=op-1", "").body().path("instances")).isEmpty();
        assertThat(api.send("GET", "/instances?tag=B", "").body().path("instances")).hasSize(1);
    }

    @Test
    void userDataIsReadBackAndReplaced() {
        assertThat(api.send("PATCH", path, "{\"user_data\": \"c3R1Yg==\"}").status()).isEqualTo(202);

        assertThat(api.send("GET", path + "/user-data", "").body().at("/user_data/data").textValue())
                .isEqualTo("c3R1Yg==");
    }

    @Test
    void anUpgradeShowsLateAndCostsAtOnce() {
        JsonNode answer = api.send("PATCH", path, "{\"plan\": \"" + LARGER + "\"}").body();
        String job = "/instances/jobs/" + answer.path("job_ids").path(0).asText();

        assertThat(answer.at("/instance/plan").textValue()).isEqualTo(Provider.GPU);
        assertThat(api.send("GET", job, "").body().path("state").textValue()).isEqualTo("processing");
        // 0.059 and 0.118 dollars: two lines on the bill.
        assertThat(provider.simulator.bill()).isEqualByComparingTo("0.177");

        provider.clock.advance(Duration.ofSeconds(30));
        assertThat(api.send("GET", path, "").body().at("/instance/plan").textValue()).isEqualTo(LARGER);
        assertThat(api.send("GET", job, "").body().path("state").textValue()).isEqualTo("success");
        assertThat(api.send("GET", "/instances/jobs/none", "").status()).isEqualTo(404);
    }

    @Test
    void whileItIsMovedToAnotherPlanItIsLocked() {
        api.send("PATCH", path, "{\"plan\": \"" + LARGER + "\"}");

        JsonNode shown = api.send("GET", path, "").body().path("instance");
        assertThat(shown.path("status").textValue()).isEqualTo("resizing");
        assertThat(shown.path("server_status").textValue()).isEqualTo("locked");
        for (String verb : List.of("/start", "/halt", "/reboot")) {
            assertThat(api.send("POST", path + verb, "").status()).isEqualTo(500);
        }
        assertThat(api.send("DELETE", path, "").body().path("error").textValue()).contains("currently locked");

        provider.clock.advance(Duration.ofSeconds(30));
        assertThat(api.send("POST", path + "/halt", "").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({"{'plan': 'none'}", "{'plan': 'vcg-a16-2c-8g-2vram'}", "{'tags': 'one'}", "{'os_id': '2284'}"})
    void whatCannotBeChangedIsRefused(String body) {
        assertThat(api.send("PATCH", path, body.replace('\'', '"')).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"'/instances/halt', '/instances/start', true", "/halt, /reboot, false"})
    void aHaltedMachineIsPaidForAndRunsAgain(String halt, String start, boolean several) {
        String body = several ? "{\"instance_ids\": [\"" + path.replace("/instances/", "") + "\"]}" : "";
        assertThat(api.send("POST", several ? halt : path + halt, body).status()).isEqualTo(204);
        assertThat(api.send("POST", several ? halt : path + halt, body).status()).as("again").isEqualTo(204);
        assertThat(power()).isEqualTo("running");

        provider.clock.advance(Duration.ofHours(3));
        assertThat(power()).isEqualTo("stopped");
        assertThat(provider.simulator.bill()).as("four started hours").isEqualByComparingTo("0.236");

        assertThat(api.send("POST", several ? start : path + start, body).status()).isEqualTo(204);
        assertThat(power()).isEqualTo("stopped");
        provider.clock.advance(Duration.ofSeconds(15));
        assertThat(power()).isEqualTo("running");
    }

    @Test
    void severalAreHaltedTogetherOrNoneAtAll() {
        String body = "{\"instance_ids\": [\"" + path.replace("/instances/", "") + "\", \"none\"]}";

        assertThat(api.send("POST", "/instances/halt", body).status()).isEqualTo(404);

        provider.clock.advance(Duration.ofMinutes(1));
        assertThat(power()).isEqualTo("running");
        assertThat(api.send("POST", "/instances/halt", "{}").status()).isEqualTo(400);
    }

    private String power() {
        return api.send("GET", path, "").body().at("/instance/power_status").textValue();
    }
}
