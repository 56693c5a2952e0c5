package io.x402compute.handler;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who carries runs out, as the operator says.
 *
 * @param upstreams where each is, by the name that the catalogue has for it; none: nothing is run
 * @param secret where their keys are kept, as a JSON object by those names; empty where none has one
 */
record InferenceSettings(Map<String, URI> upstreams, Optional<String> secret) {
    private static final Pattern UPSTREAM = Pattern.compile("([a-z][a-z0-9-]{0,31})=(https?://[^\\s?#,]+)");

    /** @throws IllegalArgumentException naming the variable that is wrong, never its value */
    static InferenceSettings of(String upstreams, String secret) {
        Map<String, URI> bases = new LinkedHashMap<>();
        Stream.of(upstreams.split(",", -1)).map(String::strip).filter(text -> !text.isEmpty()).forEach(text -> {
            Matcher upstream = UPSTREAM.matcher(text);
            if (!upstream.matches() || bases.put(upstream.group(1), base(upstream.group(2))) != null) {
                throw new IllegalArgumentException(
                        "INFERENCE_UPSTREAMS is no list of different names, each with its http address");
            }
        });
        return new InferenceSettings(Map.copyOf(bases), Optional.of(secret).filter(id -> !id.isEmpty()));
    }

    private static URI base(String url) {
        return URI.create(url.replaceAll("/+$", ""));
    }

    /** Whether an upstream is on this very machine: that is the local run, whose callers are here, too. */
    boolean isLocal() {
        return upstreams.values().stream()
                .anyMatch(url -> url.getScheme().equals("http") && url.getHost() != null
                        && (url.getHost().equals("localhost") || url.getHost().equals("127.0.0.1")));
    }
}
