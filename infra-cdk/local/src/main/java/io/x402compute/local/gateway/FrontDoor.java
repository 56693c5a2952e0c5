package io.x402compute.local.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.x402compute.http.Json;
import io.x402compute.local.function.FunctionRuntime;
import io.x402compute.local.template.Cors;
import io.x402compute.local.template.Route;

/**
 * The way of a request: its own size, preflight, route, the route's throttle, and only then the function. What the
 * gateway refuses no function hears of; all of its answers but the preflight's carry the same CORS headers.
 */
final class FrontDoor {
    private final CorsHeaders cors;
    private final RouteTable routes;
    private final Throttling throttling;
    private final EventMapper events;
    private final Integrations integrations;

    /** @param domainName under which clients know it */
    FrontDoor(List<Route> routes, Optional<Cors> cors, FunctionRuntime functions, String domainName, Clock clock) {
        this.cors = new CorsHeaders(cors);
        this.routes = new RouteTable(routes);
        this.throttling = new Throttling(routes, clock);
        this.events = new EventMapper(domainName, clock);
        this.integrations = new Integrations(functions);
    }

    GatewayAnswer answer(GatewayRequest request, String requestId) {
        Optional<GatewayAnswer> refusal = GatewayLimits.refusal(request);
        if (refusal.isPresent()) {
            return cors.on(refusal.get(), request);
        }
        return cors.isPreflight(request) ? cors.preflight(request) : cors.on(routed(request, requestId), request);
    }

    private GatewayAnswer routed(GatewayRequest request, String requestId) {
        Optional<RouteTable.Match> match = routes.match(request.method(), request.path());
        if (match.isEmpty()) {
            return GatewayAnswer.message(404, "Not Found");
        }
        Route route = match.get().route();
        if (!throttling.allows(route)) {
            return GatewayAnswer.message(429, "Too Many Requests");
        }
        return integrations.call(
                route,
                Json.write(events.event(request, match.get(), requestId)).getBytes(StandardCharsets.UTF_8));
    }
}
