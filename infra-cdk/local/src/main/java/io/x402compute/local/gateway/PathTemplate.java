package io.x402compute.local.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The path of a route: fixed segments, {@code {parameters}} and, at the end, perhaps one {@code {greedy+}}. */
final class PathTemplate {
    private final List<String> segments;

    PathTemplate(String template) {
        this.segments = segments(template);
    }

    /**
     * The path's parameters; empty when the path is not of this shape.
     *
     * @param path decoded
     */
    Optional<Map<String, String>> match(String path) {
        List<String> given = segments(path);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (i >= given.size()) {
                return Optional.empty();
            }
            if (isGreedy(segment)) {
                parameters.put(segment.substring(1, segment.length() - 2),
                        String.join("/", given.subList(i, given.size())));
                return Optional.of(parameters);
            }
            if (isParameter(segment) && !given.get(i).isEmpty()) {
                parameters.put(segment.substring(1, segment.length() - 1), given.get(i));
            } else if (!segment.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return given.size() == segments.size() ? Optional.of(parameters) : Optional.empty();
    }

    /** Sorts the more specific template first: fixed before parameter before greedy, segment by segment. */
    String precedence() {
        StringBuilder order = new StringBuilder();
        segments.forEach(segment -> order.append(isGreedy(segment) ? '2' : isParameter(segment) ? '1' : '0'));
        return order.toString();
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    private static boolean isGreedy(String segment) {
        return segment.endsWith("+}");
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
