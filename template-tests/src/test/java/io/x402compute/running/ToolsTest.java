package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.LocalCloud;
import io.x402compute.local.client.Answer;
import io.x402compute.x402.protocol.PaymentPayload;

/** The official MCP client finds the tools and buys by them; and what is bought by one door is there by the other. */
class ToolsTest {
    private static final int AGENT = 3;
    private static final NodeClient SDK = new NodeClient("clients/mcp.mjs");
    private static final String PROVISION = "provision_instance";

    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static JsonNode found;
    private static World before;
    private static World after;

    private final Agent agent = running.agent(AGENT);
    private final ToolClient tools = new ToolClient(agent);

    @BeforeAll
    static void buy() {
        before = running.world();
        found = SDK.step(running.cloud().apiUrl(), running.chain().privateKey(AGENT), Map.of(
                "FREE", call("list_plans", Json.object().put("type", "vcg")),
                "PAID", call(PROVISION, MachineRequest.body())));
        after = running.world();
    }

    @Test
    void theClientMeetsAServerThatItUnderstands() {
        assertThat(found.at("/server/name").textValue()).isEqualTo("x402compute");
        assertThat(found.path("tools")).extracting(tool -> tool.path("name").textValue())
                .contains("list_plans", "get_quote", PROVISION, "list_instances", "get_instance", "extend_instance",
                        "destroy_instance", "gpu_run", "gpu_catalog", "gpu_status", "gpu_estimate", "gpu_balance");
        assertThat(found.path("failures")).isEmpty();
        assertThat(found.path("unknown").intValue()).isEqualTo(-32602);
    }

    @Test
    void aFreeToolAnswersAnybody() {
        assertThat(found.at("/free/isError").booleanValue()).isFalse();
        assertThat(found.at("/free/structuredContent/plans")).isNotEmpty();
        assertThat(Json.readOwn(found.at("/free/content/0/text").textValue()))
                .isEqualTo(found.at("/free/structuredContent"));
    }

    @Test
    void aPaidToolSaysWhatItCosts() {
        JsonNode asked = found.path("asked");
        assertThat(asked.path("isError").booleanValue()).isTrue();
        assertThat(asked.at("/structuredContent/x402Version").intValue()).isEqualTo(2);
        assertThat(asked.at("/structuredContent/resource/url").textValue()).isEqualTo("mcp://tool/" + PROVISION);
        assertThat(asked.at("/structuredContent/accepts/0/amount").textValue())
                .isEqualTo(Long.toString(PRICE_MICROS));
        assertThat(Json.readOwn(asked.at("/content/0/text").textValue())).isEqualTo(asked.path("structuredContent"));
    }

    @Test
    void thePaymentBuysOneMachineHoweverOftenItIsSent() {
        assertThat(found.at("/bought/isError").booleanValue()).as("%s", found.path("bought")).isFalse();
        assertThat(found.at("/bought/structuredContent/instance/id").textValue()).isNotBlank();
        JsonNode receipt = found.at("/bought/_meta").path("x402/payment-response");
        assertThat(receipt.path("success").booleanValue()).isTrue();
        assertThat(receipt.path("transaction")).isEqualTo(found.at("/bought/structuredContent/tx_hash"));
        assertThat(found.at("/again/structuredContent/order_id"))
                .isEqualTo(found.at("/bought/structuredContent/order_id"));
        assertThat(after.transfers()).hasSize(before.transfers().size() + 1);
        assertThat(after.transfers().getLast().micros()).isEqualTo(PRICE_MICROS);
        assertThat(after.machines()).hasSize(before.machines().size() + 1);
    }

    @Test
    void offersReceiptsAndCataloguesAreOfTheTool() {
        assertThat(found.path("offerSigner").textValue())
                .isEqualTo(running.chain().address(LocalCloud.RECEIPT_SIGNER));
        assertThat(found.path("receiptMatches").booleanValue()).isTrue();
        assertThat(found.at("/discovery/valid").booleanValue()).as("%s", found.path("discovery")).isTrue();
        assertThat(found.at("/discovered/toolName").textValue()).isEqualTo(PROVISION);
    }

    @Test
    void theClientBuysARunAsWell() {
        ObjectNode wanted = Json.object().put("service", "llm-4090");
        wanted.putObject("input").put("prompt", "Say hello").put("max_tokens", 16);
        int transfers = running.world().transfers().size();

        JsonNode run = SDK.step(running.cloud().apiUrl(), running.chain().privateKey(AGENT), Map.of(
                "FREE", call("gpu_catalog", Json.object()), "PAID", call("gpu_run", wanted)));

        assertThat(run.at("/free/structuredContent/services")).isNotEmpty();
        assertThat(run.at("/asked/structuredContent/resource/url").textValue()).isEqualTo("mcp://tool/gpu_run");
        assertServed(run.path("bought"));
        assertThat(run.at("/bought/structuredContent/status").textValue()).isEqualTo("completed");
        assertThat(run.at("/bought/structuredContent/text").textValue()).isNotBlank();
        assertThat(run.at("/bought/_meta").path("x402/payment-response").path("success").booleanValue()).isTrue();
        assertThat(run.at("/again/structuredContent/job_id")).isEqualTo(run.at("/bought/structuredContent/job_id"));
        assertThat(running.world().transfers()).hasSize(transfers + 1);
        assertThat(tools.call("gpu_status", Json.object().put("job_id",
                run.at("/bought/structuredContent/job_id").textValue())).at("/structuredContent/status").textValue())
                .isEqualTo("completed");
    }

    @Test
    void theSamePaymentByEitherDoorIsTheSameOrder() {
        ObjectNode wanted = MachineRequest.body();
        PaymentPayload payment = agent.sign(tools.offer(PROVISION, wanted));
        JsonNode byTool = tools.pay(PROVISION, wanted, payment);
        Answer byRoute = agent.pay(MachineRequest.PROVISION, wanted, payment);

        assertThat(byRoute.status()).as("%s", byRoute.body()).isEqualTo(201);
        assertThat(byRoute.body().path("order_id")).isEqualTo(byTool.at("/structuredContent/order_id"));
    }

    @Test
    void aPaymentForAnotherMachineIsRefusedAndMovesNothing() {
        PaymentPayload payment = agent.sign(tools.offer(PROVISION, MachineRequest.body()));
        ObjectNode longer = MachineRequest.body().put("prepaid_hours", 2 * MachineRequest.HOURS);
        World now = running.world();

        JsonNode refused = tools.pay(PROVISION, longer, payment);

        assertThat(refused.path("isError").booleanValue()).isTrue();
        assertThat(refused.at("/structuredContent/error").textValue()).isEqualTo("No matching payment requirements");
        assertThat(refused.has("_meta")).isFalse();
        assertThat(running.world()).isEqualTo(now);
    }

    @Test
    void aMachineIsExtendedSeenAndEndedByItsOwnerAlone() {
        ObjectNode machine = Json.object().put("instance_id",
                found.at("/bought/structuredContent/instance/id").textValue());
        ToolClient stranger = new ToolClient(running.agent(AGENT + 1));

        assertThat(tools.call("get_instance", machine).at("/structuredContent/code").textValue())
                .isEqualTo("missing_auth");
        assertThat(stranger.signed("get_instance", machine).at("/structuredContent/code").textValue())
                .isEqualTo("not_found");
        assertThat(stranger.signed("destroy_instance", machine).at("/structuredContent/code").textValue())
                .isEqualTo("not_found");
        assertServed(tools.buy("extend_instance", machine.deepCopy().put("extend_hours", MachineRequest.HOURS)));
        JsonNode seen = tools.signed("get_instance", machine);
        assertServed(seen);
        assertThat(seen.at("/structuredContent/instance/prepaid_hours").intValue())
                .isEqualTo(2 * MachineRequest.HOURS);
        assertServed(tools.signed("destroy_instance", machine));
    }

    @Test
    void aSignedCallIsGoodForOne() {
        ObjectNode message = ToolClient.message("list_instances", Json.object(), Optional.empty());
        Map<String, String> headers = agent.credentials().sign("POST", ToolClient.PATH,
                WalletHeaders.bytes(Json.write(message)), running.now());

        Answer first = agent.post(ToolClient.PATH, message, headers);
        Answer second = agent.post(ToolClient.PATH, message, headers);

        assertServed(first.body().path("result"));
        assertThat(second.body().at("/result/structuredContent/code").textValue()).isEqualTo("replayed_nonce");
    }

    private static void assertServed(JsonNode result) {
        assertThat(result.path("isError").booleanValue()).as("%s", result).isFalse();
    }

    private static String call(String tool, ObjectNode arguments) {
        ObjectNode call = Json.object().put("name", tool);
        call.set("arguments", arguments);
        return Json.write(call);
    }
}
