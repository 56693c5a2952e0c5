package io.x402compute.local.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.x402compute.local.template.Route;

/**
 * Picks the route of a request as API Gateway does: the most specific path, its own method before {@code ANY}, {@code
 * $default} last.
 */
final class RouteTable {
    private static final String DEFAULT = "$default";
    private static final String ANY = "ANY";

    private final List<Entry> entries = new ArrayList<>();
    private final Optional<Route> fallback;

    RouteTable(List<Route> routes) {
        for (Route route : routes) {
            if (!route.key().equals(DEFAULT)) {
                String[] methodAndPath = route.key().split(" ", 2);
                entries.add(new Entry(methodAndPath[0], new PathTemplate(methodAndPath[1]), route));
            }
        }
        entries.sort(Comparator.comparing((Entry entry) -> entry.path.precedence())
                .thenComparing(entry -> entry.method.equals(ANY)));
        fallback = routes.stream().filter(route -> route.key().equals(DEFAULT)).findFirst();
    }

    /** @param path decoded */
    Optional<Match> match(String method, String path) {
        for (Entry entry : entries) {
            if (entry.method.equals(method) || entry.method.equals(ANY)) {
                Optional<Map<String, String>> parameters = entry.path.match(path);
                if (parameters.isPresent()) {
                    return Optional.of(new Match(entry.route, parameters.get()));
                }
            }
        }
        return fallback.map(route -> new Match(route, Map.of()));
    }

    /** @param parameters of the path, decoded */
    record Match(Route route, Map<String, String> parameters) {}

    private record Entry(String method, PathTemplate path, Route route) {}
}
