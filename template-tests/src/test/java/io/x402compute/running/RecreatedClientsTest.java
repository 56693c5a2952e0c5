package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import org.junit.jupiter.api.Test;

import io.x402compute.local.http.LoopbackServer;

/** The re-created clients are as easily upset as their originals: what those are known to break on, these break on. */
class RecreatedClientsTest {
    private static final String KEY = "0x" + "7".repeat(64);
    private static final String MACHINE = "{\"id\":\"m\",\"label\":\"l\",\"status\":\"active\",\"ip_address\":\"0.0.0.0\"}";
    private static final String PLAN = "{\"id\":\"p\",\"vcpu_count\":2,\"ram\":2048,\"disk\":50,\"our_monthly\":1.5}";
    private static final String REGION = "{\"id\":\"ewr\",\"city\":\"c\",\"country\":\"US\",\"continent\":\"NA\"}";

    /** Without the token, and without its name and version. */
    private static final String INCOMPLETE_OFFER = """
            {"x402Version":1,"accepts":[{"scheme":"exact","network":"base","maxAmountRequired":"1",
             "resource":"http://localhost","description":"","mimeType":"","maxTimeoutSeconds":300,
             "payTo":"0x1111111111111111111111111111111111111111"}]}""";

    @Test
    void theSkillsListTakesNoNullAndMissesNoLabel() {
        assertThat(outcomes("clients/skill.mjs", "list", List.of(
                ok("{\"instances\":[%s]}".formatted(MACHINE)),
                ok("{\"orders\":[%s]}".formatted(MACHINE)),
                ok("{\"instances\":[%s]}".formatted(MACHINE.replace("\"label\":\"l\",", ""))),
                ok("{\"instances\":[%s]}".formatted(MACHINE.replace("\"l\"", "null"))),
                ok("{\"instances\":[%s]}".formatted(MACHINE.replace("\"0.0.0.0\"", "null"))),
                ok("{\"instances\":[%s]}".formatted(MACHINE.replace("\"active\"", "null"))))))
                .containsExactly(true, true, true, false, false, false);
    }

    @Test
    void theSkillsCatalogueMissesEveryFieldItReads() {
        assertThat(outcomes("clients/skill.mjs", "plans", List.of(
                ok("{\"plans\":[%s]}".formatted(PLAN)),
                ok("{\"plans\":[%s]}".formatted(PLAN.replace("\"id\":\"p\",", ""))),
                ok("{\"plans\":[%s]}".formatted(PLAN.replace("vcpu_count", "cpus"))),
                ok("{\"plans\":[%s]}".formatted(PLAN.replace("2048", "\"2048\""))),
                ok("{\"plans\":[%s]}".formatted(PLAN.replace("disk", "storage"))))))
                .containsExactly(true, false, false, false, false);
        assertThat(outcomes("clients/skill.mjs", "regions", List.of(
                ok("{\"regions\":[%s]}".formatted(REGION)),
                ok("{\"regions\":[%s]}".formatted(REGION.replace("continent", "area"))))))
                .containsExactly(true, false);
    }

    @Test
    void theSkillMakesAKeyWith201Only() {
        String key = "{\"api_key\":\"x402c_x\",\"id\":\"k\",\"label\":null}";

        assertThat(outcomes("clients/skill.mjs", "createKey", List.of(new Canned(201, key), ok(key))))
                .containsExactly(true, false);
    }

    @Test
    void theOtherReadersBreakOnImagesUnderTheirDocumentedNameAloneAndOnErrorsInASuccess() {
        String image = "[{\"id\":2284,\"name\":\"Ubuntu 24.04\"}]";
        String plans = "{\"plans\":[]}";

        assertThat(outcomes("clients/readers.mjs", "yapprCatalogue", List.of(
                ok("{\"regions\":[]}"), ok(plans), ok("{\"os\":%s}".formatted(image)),
                ok("{\"regions\":[]}"), ok(plans), ok("{\"os_options\":%s}".formatted(image)))))
                .startsWith(true, false);
        assertThat(outcomes("clients/readers.mjs", "fissionPlans", List.of(
                ok(plans), ok(plans), ok(plans), ok(plans),
                ok(plans), ok(plans), ok(plans), ok("{\"plans\":[],\"error\":null}"))))
                .startsWith(true, false);
    }

    @Test
    void theRenewingClientPaysNoIncompleteOfferAndNoticesAnExpiryThatStays() {
        String order = "{\"order\":{\"id\":\"m\",\"expires_at\":\"2026-01-01T00:00:00Z\",\"payment_amount\":%s}}";

        List<JsonNode> results = results("clients/longlive.mjs", "extend", List.of(
                ok(order.formatted("1.5")), ok(order.formatted("1.5")), ok(order.formatted("1.5")),
                ok(order.formatted("1.5")), ok(order.formatted("\"1.5\"")),
                ok(order.formatted("1.5")), new Canned(402, INCOMPLETE_OFFER)));

        assertThat(results.get(0).path("error").asText()).contains("EXPIRY DID NOT MOVE");
        assertThat(results.get(1).path("error").asText()).contains("toFixed is not a function");
        assertThat(results.get(2).path("error").asText()).contains("payment");
    }

    /** Whether each went well. */
    private static List<Boolean> outcomes(String script, String command, List<Canned> answers) {
        return results(script, command, answers).stream().map(result -> result.path("ok").booleanValue()).toList();
    }

    /** As many runs of the command as there are answers, which they get one after the other. */
    private static List<JsonNode> results(String script, String command, List<Canned> answers) {
        Queue<Canned> left = new ConcurrentLinkedQueue<>(answers);
        try (LoopbackServer server = LoopbackServer.bind(0)) {
            server.serve(exchange -> answer(exchange, left));
            return new NodeClient(script).carryOut(server.uri(), KEY, Map.of(),
                    answers.stream().map(answer -> List.of(command, "m")).toList());
        }
    }

    private static void answer(HttpExchange exchange, Queue<Canned> left) throws IOException {
        Canned next = Optional.ofNullable(left.poll()).orElse(new Canned(500, "{}"));
        LoopbackServer.answer(exchange, next.status(), WalletHeaders.bytes(next.body()));
    }

    private static Canned ok(String body) {
        return new Canned(200, body);
    }

    private record Canned(int status, String body) {}
}
