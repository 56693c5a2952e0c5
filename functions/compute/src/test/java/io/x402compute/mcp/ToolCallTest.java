package io.x402compute.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.http.ApiRequest;
import io.x402compute.http.Fingerprint;
import io.x402compute.http.Json;
import io.x402compute.http.Requests;
import io.x402compute.x402.protocol.WireJson;

/** A call is the request that its route would have been sent. */
class ToolCallTest {
    private static final String ID = "5f0c7d5e-3c7b-4c7e-9a51-7d1f0a2b3c4d";

    private final Agents agent = new Agents();

    @Test
    void argumentsOfALookAreItsQuery() {
        ApiRequest request = called("list_plans", "{\"type\":\"vcg\",\"min_vram_gb\":8,\"gpu\":\"true\"}");

        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/compute/plans");
        assertThat(request.query()).isEqualTo(Map.of("type", "vcg", "min_vram_gb", "8", "gpu", "true"));
        assertThat(request.body()).isEmpty();
    }

    @Test
    void argumentsOfAPurchaseAreItsBodyButForTheKeyAndWhatIsInThePath() {
        ApiRequest request = called("extend_instance",
                "{\"instance_id\":\"" + ID + "\",\"idempotency_key\":\"k 1\",\"extend_hours\":24}");

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/compute/instances/" + ID + "/extend");
        assertThat(request.pathParameter("id")).isEqualTo(ID);
        assertThat(new String(request.body(), UTF_8)).isEqualTo("{\"extend_hours\":24}");
        assertThat(request.headers()).isEqualTo(Map.of("idempotency-key", "k 1"));
        assertThat(request.url()).isEqualTo("mcp://tool/extend_instance");
        assertThat(request.baseUrl()).isEqualTo("https://api.example");
    }

    @Test
    void requestIsTheSameByEitherDoor() {
        ApiRequest called = called("destroy_instance", "{\"instance_id\":\"" + ID + "\"}");

        assertThat(Fingerprint.of(called))
                .isEqualTo(Fingerprint.of(Requests.request("DELETE", "/compute/instances/" + ID, "")));
    }

    /** It learns the price of the least that can be bought. */
    @Test
    void callWithoutArgumentsIsARequestWithoutABodyAndOneWithNoneIsNot() {
        agent.ask("tools/call", Json.object().put("name", "provision_instance"));

        assertThat(agent.asked().getFirst().body()).isEmpty();
        assertThat(new String(called("provision_instance", "{}").body(), UTF_8)).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({"1, x-payment", "2, payment-signature", "3, payment-signature"})
    void paymentIsTheHeaderOfItsVersion(int version, String header) {
        ObjectNode payment = Json.object().put("x402Version", version).put("note", "\u00fc");
        ObjectNode meta = Json.object();
        meta.set("x402/payment", payment);

        agent.call("provision_instance", Json.object(), meta);

        ApiRequest request = agent.asked().getFirst();
        assertThat(request.headers()).containsOnlyKeys(header);
        assertThat(WireJson.parseHeader(request.headers().get(header))).contains(payment);
    }

    @Test
    void credentialsOfTheRequestAreTheCallersAndNothingElseOfItIs() {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_instances\"}}";
        Map<String, String> headers = Map.of("Authorization", "bearer x402c_1", "X-API-Key", "x402c_2",
                "SIGN-IN-WITH-X", "proof",
                "X-Auth-Nonce", "nonce", "Idempotency-Key", "every-call", "X-PAYMENT", "p", "PAYMENT-SIGNATURE", "p",
                "Cookie", "c");
        ApiRequest sent = Requests.withHeaders(Requests.post("/mcp", call), headers);

        agent.send(sent);

        ApiRequest request = agent.asked().getFirst();
        assertThat(request.headers()).isEqualTo(
                Map.of("authorization", "bearer x402c_1", "x-api-key", "x402c_2", "sign-in-with-x", "proof",
                        "x-auth-nonce", "nonce"));
        assertThat(request.sent()).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "provision_instance, `{\"plan\":\"p\",\"region\":\"r\",\"hours\":24}`, unknown_argument",
        "list_plans, `{\"limit\":1}`, unknown_argument", "get_instance, `{}`, missing_field",
        "get_instance, `{\"id\":\"x\"}`, unknown_argument", "get_instance, `{\"instance_id\":7}`, invalid_field",
        "get_instance, `{\"instance_id\":null}`, invalid_field", "list_plans, `{\"type\":[\"vcg\"]}`, invalid_field",
        "list_plans, `{\"type\":null}`, invalid_field",
        "provision_instance, `{\"plan\":\"p\",\"idempotency_key\":1}`, invalid_field"})
    void argumentsThatAreNoneAreToldToTheModelAndReachNobody(String tool, String arguments, String code) {
        JsonNode result = agent.call(tool, (ObjectNode) Json.readOwn(arguments));

        assertThat(result.path("isError").booleanValue()).isTrue();
        assertThat(result.at("/structuredContent/code").textValue()).isEqualTo(code);
        assertThat(agent.asked()).isEmpty();
    }

    @Test
    void whatStandsInAPathCannotLeaveIt() {
        ApiRequest request = called("get_instance", "{\"instance_id\":\"../api-keys?x=1#{id}\"}");

        assertThat(request.path()).isEqualTo("/compute/instances/..%2Fapi-keys%3Fx%3D1%23%7Bid%7D");
        assertThat(request.pathParameter("id")).isEqualTo("../api-keys?x=1#{id}");
    }

    private ApiRequest called(String tool, String arguments) {
        agent.call(tool, (ObjectNode) Json.readOwn(arguments));
        return agent.asked().getFirst();
    }
}
