package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.x402compute.http.ApiFunction;
import io.x402compute.http.FakeContext;
import io.x402compute.http.Json;
import io.x402compute.http.Requests;

/** What strangers are told, and under which address. */
class DocumentsTest {
    private static final String GATEWAY = "https://rehearsal.invalid";
    private static final String OWN = "https://compute.example";
    private static final Map<String, String> SETTINGS = Map.of("AWS_REGION", "us-east-1", "AWS_ACCESS_KEY_ID", "x",
            "AWS_SECRET_ACCESS_KEY", "x", "FACILITATOR", "onchain", "PAY_TO",
            "0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF", "SOLANA_PAY_TO",
            "7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU", "SOLANA_FEE_PAYER",
            "9C6hybhQ6Aycep9jaUnP6uL9ZYvDjUp1aSkFWPUFJtpj");

    @Test
    void addressIsTheGatewaysOwnAndNeverTheCallers() {
        assertThat(Json.readOwn(told(new GetOpenApi(SETTINGS)).getBody()).at("/servers/0/url").asText())
                .isEqualTo(GATEWAY);
        assertThat(told(new GetAgentGuide(SETTINGS)).getBody()).contains("POST " + GATEWAY + "/compute/provision");
        assertThat(Json.readOwn(told(new ListPaidResources(SETTINGS)).getBody()).path("resources"))
                .extracting(JsonNode::asText)
                .containsExactly(GATEWAY + "/compute/provision", GATEWAY + "/compute/credits/topup");
    }

    @Test
    void runsAreListedWhereSomebodyCarriesThemOut() {
        Map<String, String> running = new HashMap<>(SETTINGS);
        running.put("INFERENCE_UPSTREAMS", "openai=https://upstream.example");

        assertThat(Json.readOwn(told(new ListPaidResources(running)).getBody()).path("resources"))
                .extracting(JsonNode::asText)
                .containsExactly(GATEWAY + "/compute/provision", GATEWAY + "/v1/run", GATEWAY + "/run",
                        GATEWAY + "/compute/credits/topup");
    }

    @Test
    void addressIsTheOperatorsWhereThereIsOne() {
        Map<String, String> named = new HashMap<>(SETTINGS);
        named.put("PUBLIC_URL", OWN);

        assertThat(Json.readOwn(told(new GetOpenApi(named)).getBody()).at("/servers/0/url").asText()).isEqualTo(OWN);
        assertThat(told(new GetAgentGuide(named)).getBody()).contains(OWN).doesNotContain(GATEWAY);
        assertThat(told(new ListPaidResources(named)).getBody()).contains(OWN).doesNotContain(GATEWAY);
    }

    @Test
    void everyWayToPayIsOffered() {
        Map<String, String> all = new HashMap<>(SETTINGS);
        all.put("PERMIT2", "on");
        all.put("X402_VERSIONS", "2");

        JsonNode sold = Json.readOwn(told(new ListPaidResources(all)).getBody());

        assertThat(sold.path("x402Versions")).hasToString("[2]");
        assertThat(sold.path("items")).hasSize(3).allSatisfy(item -> {
            assertThat(item.path("accepts")).extracting(offer -> offer.path("network").asText().split(":", -1)[0])
                    .containsExactly("eip155", "solana", "eip155");
            assertThat(item.path("accepts")).noneMatch(offer -> offer.has("amount"));
        });
    }

    @Test
    void documentsAreTextOrJsonAndMayBeKept() {
        assertThat(told(new GetAgentGuide(SETTINGS)).getHeaders())
                .containsEntry("Content-Type", "text/plain; charset=utf-8")
                .containsEntry("Cache-Control", "public, max-age=3600");
        assertThat(told(new GetOpenApi(SETTINGS)).getHeaders()).containsEntry("Content-Type", "application/json")
                .containsEntry("Cache-Control", "public, max-age=3600");
    }

    private static APIGatewayV2HTTPResponse told(ApiFunction function) {
        APIGatewayV2HTTPEvent event = Requests.event("GET", "/", "");
        event.setHeaders(Map.of("host", "elsewhere.example", "x-forwarded-host", "elsewhere.example"));
        return function.handleRequest(event, new FakeContext());
    }
}
