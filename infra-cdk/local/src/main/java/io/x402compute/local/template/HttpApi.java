package io.x402compute.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** The template's HTTP API: from route to integration to alias to function. */
final class HttpApi {
    private static final String INTEGRATION_PREFIX = "integrations/";
    private static final String RATE_LIMIT = "ThrottlingRateLimit";
    private static final String BURST_LIMIT = "ThrottlingBurstLimit";

    private final Resources resources;

    HttpApi(Resources resources) {
        this.resources = resources;
    }

    List<Route> routes() {
        return resources.ofType("AWS::ApiGatewayV2::Route").map(this::route).toList();
    }

    Optional<Cors> cors() {
        return resources.ofType("AWS::ApiGatewayV2::Api")
                .map(api -> api.properties().path("CorsConfiguration"))
                .filter(JsonNode::isObject)
                .findFirst()
                .map(HttpApi::cors);
    }

    private Route route(Resource route) {
        String target = route.properties().path("Target").asText();
        Resource integration = resources.byName(
                "AWS::ApiGatewayV2::Integration",
                target.substring(INTEGRATION_PREFIX.length()));
        String format = integration.properties().path("PayloadFormatVersion").asText();
        if (!format.equals("2.0")) {
            throw new UnsupportedTemplateException("payload format " + format);
        }
        String key = route.properties().path("RouteKey").asText();
        return new Route(
                key,
                resources.functionBehind(integration.properties().path("IntegrationUri").asText()),
                Duration.ofMillis(
                        integration.properties().path("TimeoutInMillis").asLong(Route.LONGEST_WAIT.toMillis())),
                throttle(key));
    }

    /** What the stage says of that route, or else of every route. */
    private Optional<Throttle> throttle(String routeKey) {
        return resources.ofType("AWS::ApiGatewayV2::Stage")
                .map(Resource::properties)
                .flatMap(stage -> Stream.of(
                        stage.path("RouteSettings").path(routeKey),
                        stage.path("DefaultRouteSettings")))
                .filter(settings -> settings.has(RATE_LIMIT) && settings.has(BURST_LIMIT))
                .findFirst()
                .map(settings -> new Throttle(
                        settings.path(RATE_LIMIT).asDouble(),
                        settings.path(BURST_LIMIT).asInt()));
    }

    private static Cors cors(JsonNode cors) {
        return new Cors(
                list(cors.path("AllowOrigins")),
                list(cors.path("AllowMethods")),
                list(cors.path("AllowHeaders")),
                list(cors.path("ExposeHeaders")),
                cors.path("AllowCredentials").asBoolean(),
                cors.path("MaxAge").asInt());
    }

    private static List<String> list(JsonNode texts) {
        return Resources.stream(texts).map(JsonNode::asText).toList();
    }
}
