package io.x402compute.stack;

import java.util.List;
import java.util.stream.Stream;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.CorsHttpMethod;
import software.amazon.awscdk.services.apigatewayv2.CorsPreflightOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.IAccessLogSettings;
import software.amazon.awscdk.services.apigatewayv2.LogGroupLogDestination;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * The front door: an HTTP API without an authorizer, which would answer 401 where a 402 is due. It answers preflights itself
 * and drops CORS headers that a function sets, so all of CORS is here.
 */
final class Api extends Construct {
    /** An unpaid request costs us money; these bound it while leaving room for the account's other APIs (10,000/s). */
    private static final int REQUESTS_PER_SECOND = 200;
    private static final int BURST = 400;

    private static final List<String> CREDENTIALS = List.of("Authorization", "X-API-Key", "SIGN-IN-WITH-X",
            "X-Auth-Address", "X-Auth-Chain", "X-Auth-Nonce", "X-Auth-Sig-Encoding", "X-Auth-Signature",
            "X-Auth-Timestamp");
    /** The last is a response header by its nature; a widely used x402 client sends it with its paid request. */
    private static final List<String> PAYMENT = List.of("PAYMENT-SIGNATURE", "X-PAYMENT", "X-Payment-Proof",
            "X-Payment-Version", "Idempotency-Key", "Access-Control-Expose-Headers");
    private static final List<String> WISHES = List.of("Prefer", "X-Priority", "MCP-Protocol-Version");
    private static final List<String> ANSWER = List.of("PAYMENT-REQUIRED", "PAYMENT-RESPONSE", "X-PAYMENT-RESPONSE",
            "X-Payment-Required", "RateLimit", "RateLimit-Policy", "Retry-After", "Idempotent-Replayed",
            "Preference-Applied");

    /** No header values: they carry payments and signatures. */
    private static final String LOG_LINE = """
            {"request_id":"$context.requestId","time":"$context.requestTime","route":"$context.routeKey",\
            "status":"$context.status","latency_ms":"$context.responseLatency",\
            "integration_latency_ms":"$context.integrationLatency","integration_status":"$context.integrationStatus",\
            "response_bytes":"$context.responseLength","error":"$context.error.responseType"}""";

    private final HttpApi api;

    Api(Construct scope, String id) {
        super(scope, id);
        api = HttpApi.Builder.create(this, "HttpApi")
                .apiName("x402Compute")
                .createDefaultStage(false)
                .corsPreflight(
                        CorsPreflightOptions.builder()
                                .allowOrigins(List.of("*"))
                                .allowMethods(List.of(CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.DELETE))
                                .allowHeaders(requestHeaders())
                                .exposeHeaders(ANSWER)
                                .maxAge(Duration.hours(1))
                                .build())
                .build();
        HttpStage.Builder.create(this, "Stage")
                .httpApi(api)
                .stageName("$default")
                .autoDeploy(true)
                .throttle(ThrottleSettings.builder().rateLimit(REQUESTS_PER_SECOND).burstLimit(BURST).build())
                .accessLogSettings(accessLog())
                .build();
    }

    void route(HttpMethod method, String path, ComputeFunction function) {
        api.addRoutes(
                AddRoutesOptions.builder()
                        .methods(List.of(method))
                        .path(path)
                        .integration(new HttpLambdaIntegration(function.getNode().getId(), function.live()))
                        .build())
                .forEach(
                        route -> Acknowledged.finding(route, "AwsSolutions-APIG4",
                                "an authorizer answers 401 where a 402 is due; the functions check who calls"));
    }

    String url() {
        return api.getApiEndpoint();
    }

    private static List<String> requestHeaders() {
        return Stream.of(List.of("Content-Type"), CREDENTIALS, PAYMENT, WISHES).flatMap(List::stream).toList();
    }

    private IAccessLogSettings accessLog() {
        LogGroup log = LogGroup.Builder.create(this, "AccessLog")
                .retention(RetentionDays.ONE_MONTH)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        LogGroupLogDestination destination = new LogGroupLogDestination(log);
        AccessLogFormat format = AccessLogFormat.custom(LOG_LINE);
        return new IAccessLogSettings() {
            @Override
            public LogGroupLogDestination getDestination() {
                return destination;
            }

            @Override
            public AccessLogFormat getFormat() {
                return format;
            }
        };
    }
}
