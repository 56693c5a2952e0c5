package io.x402compute.local.gateway;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.x402compute.local.template.Route;

/** Each route's own share of requests. The stage's settings hold for every route by itself, not for all together. */
final class Throttling {
    private final Map<String, TokenBucket> buckets = new HashMap<>();

    Throttling(List<Route> routes, Clock clock) {
        routes.forEach(
                route -> route.throttle()
                        .ifPresent(throttle -> buckets.put(route.key(), new TokenBucket(throttle, clock))));
    }

    /** Counts a request. */
    boolean allows(Route route) {
        TokenBucket bucket = buckets.get(route.key());
        return bucket == null || bucket.take();
    }
}
