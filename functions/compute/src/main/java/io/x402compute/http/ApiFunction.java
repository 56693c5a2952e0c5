package io.x402compute.http;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

/**
 * A function behind a route of the HTTP API: the event becomes an {@link ApiRequest}, the {@link ApiResponse} becomes the
 * answer, every failure gets the one error shape, and each request leaves one log line without anything secret in it.
 *
 * <p>Subclasses are immutable: one instance serves many requests, perhaps at once.
 */
public abstract class ApiFunction extends SnapStartFunction
        implements
            RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final Clock clock;
    private final HttpEvents events;

    /** @param publicUrl scheme and host of this API without a trailing slash; empty for the host that was asked */
    protected ApiFunction(Clock clock, String publicUrl) {
        this.clock = clock;
        this.events = new HttpEvents(publicUrl);
    }

    /**
     * Serves one request.
     *
     * @throws ApiException for everything that is to be answered with an error
     */
    protected abstract ApiResponse handle(ApiRequest request);

    /**
     * Answers a request that came in another one, as if it had been sent to this function: no event, and no log line of its own.
     * Failures of ours are thrown, for whoever was called to tell of them.
     */
    public final ApiResponse answer(ApiRequest request) {
        try {
            return handle(request);
        } catch (ApiException e) {
            return e.response(request.requestId());
        }
    }

    @Override
    public final APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        Instant start = clock.instant();
        RequestLog log = new RequestLog(context.getLogger(), event.getRouteKey(), HttpEvents.requestId(event, context));
        ApiResponse response = respond(event, start.plusMillis(context.getRemainingTimeInMillis()), log);
        log.write(response, clock.millis() - start.toEpochMilli());
        return render(response, log.requestId());
    }

    private ApiResponse respond(APIGatewayV2HTTPEvent event, Instant deadline, RequestLog log) {
        try {
            return answer(events.request(event, log.requestId(), deadline));
        } catch (ApiException e) {
            return e.response(log.requestId());
        } catch (RuntimeException e) {
            log.failed(e);
            return new ApiException(500, "internal_error", "Internal error").response(log.requestId());
        }
    }

    private static APIGatewayV2HTTPResponse render(ApiResponse response, String requestId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "no-store");
        headers.putAll(response.headers());
        headers.put("Content-Type", response.contentType());
        headers.put("X-Request-Id", requestId);
        return APIGatewayV2HTTPResponse.builder().withStatusCode(response.status()).withHeaders(headers)
                .withBody(response.sent()).withIsBase64Encoded(response.isBase64()).build();
    }

    /**
     * By default maps a request and renders an error. A subclass that can run on services that live in memory overrides
     * this with a {@link #rehearse} of its twin.
     */
    @Override
    protected void prime() {
        ApiRequest request = events.request(Rehearsal.event("GET", "/", Map.of(), ""), "rehearsal", clock.instant());
        render(ApiException.notFound(request.path()).response(request.requestId()), request.requestId());
    }

    /**
     * Sends one request through a function of the same class that touches no network. What it answers does not matter.
     *
     * @param headers by lower-case name
     * @param body empty for none
     */
    protected static void rehearse(ApiFunction twin, String method, String path, Map<String, String> headers,
            String body) {
        twin.handleRequest(Rehearsal.event(method, path, headers, body), Rehearsal.CONTEXT);
    }
}
