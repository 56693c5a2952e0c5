package io.x402compute.template;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.x402compute.contract.ApiContract;

class ApiTest {
    /** By any method, of which one is promised: the others are answered with that. */
    private static final String TOOLS = "ANY /mcp";
    private static final Map<String, String> ROUTES = Map.ofEntries(
            Map.entry("GET /compute/plans", "ListPlans"),
            Map.entry("GET /compute/regions", "ListRegions"),
            Map.entry("GET /compute/os", "ListImages"),
            Map.entry("GET /catalog", "ListServices"),
            Map.entry("GET /catalog/estimate", "EstimateRun"),
            Map.entry("GET /compute/quote", "QuotePrice"),
            Map.entry("POST /compute/provision", "ProvisionInstance"),
            Map.entry("GET /compute/instances", "ListInstances"),
            Map.entry("GET /compute/instances/{id}", "GetInstance"),
            Map.entry("GET /compute/instances/{id}/events", "ListInstanceEvents"),
            Map.entry("POST /compute/instances/{id}/extend", "ExtendInstance"),
            Map.entry("POST /compute/instances/{id}/auto-extend", "SetAutoExtend"),
            Map.entry("POST /compute/instances/{id}/start", "StartInstance"),
            Map.entry("POST /compute/instances/{id}/stop", "StopInstance"),
            Map.entry("POST /compute/instances/{id}/reboot", "RebootInstance"),
            Map.entry("POST /compute/instances/{id}/resize", "ResizeInstance"),
            Map.entry("DELETE /compute/instances/{id}", "DestroyInstance"),
            Map.entry("POST /compute/instances/{id}/password", "RevealPassword"),
            Map.entry("GET /health", "CheckHealth"),
            Map.entry("POST /compute/api-keys", "CreateApiKey"),
            Map.entry("GET /compute/api-keys", "ListApiKeys"),
            Map.entry("POST /v1/run", "RunInference"),
            Map.entry("POST /run", "RunInference"),
            Map.entry("GET /account/balance", "GetAccountBalance"),
            Map.entry("GET /compute/credits/balance", "GetCreditBalance"),
            Map.entry("GET /compute/credits/entries", "ListCreditEntries"),
            Map.entry("POST /compute/credits/topup", "TopUpCredits"),
            Map.entry("GET /.well-known/refund-policy.json", "GetRefundPolicy"),
            Map.entry("GET /.well-known/x402", "ListPaidResources"),
            Map.entry("GET /openapi.json", "GetOpenApi"),
            Map.entry("GET /llms.txt", "GetAgentGuide"),
            Map.entry("POST /verify", "VerifyPayment"),
            Map.entry("POST /settle", "SettlePayment"),
            Map.entry("GET /supported", "ListSupportedKinds"),
            Map.entry("GET /status/{id}", "GetJob"),
            Map.entry("DELETE /status/{id}", "CancelJob"),
            Map.entry("GET /results/{id}/{field}", "GetResult"),
            Map.entry(TOOLS, "ServeMcp"),
            Map.entry("GET /compute/orders", "ListOrders"),
            Map.entry("GET /compute/orders/{id}", "GetOrder"),
            Map.entry("DELETE /compute/api-keys/{id}", "RevokeApiKey"));

    private static final String ANY_STAGE_AND_METHOD = ":HttpApi/*/*";

    private final SynthesizedTemplate template = SynthesizedTemplate.read();

    @Test
    void everyRouteCallsTheAliasOfItsFunction() {
        Map<String, String> routes = template.all("AWS::ApiGatewayV2::Route")
                .values()
                .stream()
                .collect(toMap(route -> route.path("RouteKey").asText(), this::handlerOf));
        assertThat(routes).isEqualTo(ROUTES);
    }

    /** What agents are told is there is what is there, under the name of its function. */
    @Test
    void contractHasTheRoutesOfTheTemplate() {
        Map<String, String> promised = ApiContract.read().routes().stream().collect(toMap(
                route -> route.path().equals("/mcp") ? route.key().replace("POST", "ANY") : route.key(),
                route -> functionOf(route.id())));
        assertThat(promised).isEqualTo(ROUTES);
    }

    /** The second path of a function is named as that, and that it is not the one to call. */
    private static String functionOf(String operation) {
        return Character.toUpperCase(operation.charAt(0)) + operation.substring(1).replaceFirst("Unversioned$", "");
    }

    @Test
    void noRouteHasAnAuthorizerThatWouldHideA402() {
        assertThat(template.all("AWS::ApiGatewayV2::Authorizer")).isEmpty();
        assertThat(template.all("AWS::ApiGatewayV2::Route").values())
                .allSatisfy(route -> assertThat(route.path("AuthorizationType").asText("NONE")).isEqualTo("NONE"));
    }

    @Test
    void gatewayMayCallEachAliasForItsOwnPathOnly() {
        List<String> allowed = template.all("AWS::Lambda::Permission")
                .values()
                .stream()
                .filter(permission -> permission.path("Principal").asText().equals("apigateway.amazonaws.com"))
                .map(permission -> pathOf(permission) + " " + calledBy(permission))
                .toList();
        assertThat(allowed).containsExactlyInAnyOrderElementsOf(
                ROUTES.entrySet()
                        .stream()
                        .map(route -> route.getKey().replaceFirst("^[A-Z]+ ", "") + " "
                                + route.getValue())
                        .toList());
    }

    @Test
    void browsersMayReadOffersAndReceipts() {
        assertThat(cors().path("ExposeHeaders")).map(JsonNode::asText)
                .contains("PAYMENT-REQUIRED", "PAYMENT-RESPONSE", "X-PAYMENT-RESPONSE", "Retry-After", "RateLimit",
                        "RateLimit-Policy", "Idempotent-Replayed", "Preference-Applied");
    }

    @Test
    void browsersMaySendPaymentsAndCredentials() {
        assertThat(cors().path("AllowHeaders")).map(JsonNode::asText)
                .contains(
                        "Content-Type", "Authorization", "PAYMENT-SIGNATURE", "X-PAYMENT", "SIGN-IN-WITH-X",
                        "X-API-Key",
                        "X-Auth-Address", "X-Auth-Chain", "X-Auth-Signature", "X-Auth-Timestamp", "X-Auth-Nonce",
                        "X-Auth-Sig-Encoding", "Idempotency-Key", "Access-Control-Expose-Headers", "Prefer",
                        "X-Priority",
                        "MCP-Protocol-Version");
        assertThat(cors().path("AllowOrigins")).map(JsonNode::asText).containsExactly("*");
        assertThat(cors().path("AllowMethods")).map(JsonNode::asText).contains("GET", "POST", "DELETE");
        assertThat(cors().path("AllowCredentials").asBoolean()).isFalse();
    }

    @Test
    void unpaidRequestsAreThrottled() {
        JsonNode throttle = template.only("AWS::ApiGatewayV2::Stage").path("DefaultRouteSettings");
        assertThat(throttle.path("ThrottlingRateLimit").asInt()).isBetween(1, 1_000);
        assertThat(throttle.path("ThrottlingBurstLimit").asInt()).isBetween(1, 1_000);
    }

    @Test
    void accessLogHoldsNoHeaderValues() {
        JsonNode log = template.only("AWS::ApiGatewayV2::Stage").path("AccessLogSettings");
        assertThat(log.path("Format").asText()).startsWith("{")
                .contains("$context.requestId", "$context.status")
                .doesNotContain("$request", "header", "authorizer");
        assertThat(template.all("AWS::Logs::LogGroup"))
                .containsKey(SynthesizedTemplate.target(log.path("DestinationArn")));
    }

    private String handlerOf(JsonNode route) {
        JsonNode integration = template
                .properties(SynthesizedTemplate.target(route.path("Target")).replaceFirst("^integrations/", ""));
        assertThat(integration.path("PayloadFormatVersion").asText()).isEqualTo("2.0");
        return template.handlerBehind(SynthesizedTemplate.target(integration.path("IntegrationUri")));
    }

    private String calledBy(JsonNode permission) {
        return template.handlerBehind(SynthesizedTemplate.target(permission.path("FunctionName")));
    }

    /** Of this API, in any stage, with any method. */
    private static String pathOf(JsonNode permission) {
        String source = SynthesizedTemplate.target(permission.path("SourceArn"));
        int api = source.indexOf(ANY_STAGE_AND_METHOD);
        assertThat(api).isPositive();
        return source.substring(api + ANY_STAGE_AND_METHOD.length());
    }

    private JsonNode cors() {
        return template.only("AWS::ApiGatewayV2::Api").path("CorsConfiguration");
    }
}
