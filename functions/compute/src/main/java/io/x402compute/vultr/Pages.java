package io.x402compute.vultr;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** Lists, read to their end or not at all: half a list looks like machines that are gone. */
final class Pages {
    private static final int PAGE = 500;

    private final Transport transport;

    Pages(Transport transport) {
        this.transport = transport;
    }

    /** Turns one object of an answer into a value. */
    interface Entry<T> {
        T read(JsonNode json) throws VultrException;
    }

    /**
     * All entries, each id once even where a page boundary moved while reading.
     *
     * @param path with a query or without
     * @param key the name of the list in the answer
     * @throws VultrException also when an answer has no {@code meta}: that is not an empty list
     */
    <T> List<T> all(String path, String key, Entry<T> entry, Patience patience) throws VultrException {
        List<T> entries = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Set<String> cursors = new HashSet<>();
        String cursor = "";
        while (true) {
            JsonNode page = page(path, cursor, key, patience);
            for (JsonNode json : page.get(key)) {
                if (ids.add(json.path("id").asText())) {
                    entries.add(entry.read(json));
                }
            }
            cursor = page.path("meta").path("links").path("next").asText();
            if (cursor.isEmpty()) {
                return entries;
            }
            if (!cursors.add(cursor)) {
                return whole(entries, page);
            }
        }
    }

    private JsonNode page(String path, String cursor, String key, Patience patience) throws VultrException {
        String query = (path.contains("?") ? "&" : "?") + "per_page=" + PAGE;
        String next = cursor.isEmpty() ? "" : "&cursor=" + encode(cursor);
        JsonNode page = Read.json(transport.get(path + query + next, patience));
        if (!page.path(key).isArray() || !page.path("meta").path("links").isObject()) {
            throw new VultrException(Failure.unavailable("a list without " + key + " and meta"));
        }
        return page;
    }

    /** The provider goes in circles. That is its fault alone as long as nothing is missing. */
    private static <T> List<T> whole(List<T> entries, JsonNode page) throws VultrException {
        if (entries.size() < page.path("meta").path("total").asInt(Integer.MAX_VALUE)) {
            throw new VultrException(Failure.unavailable("a list whose pages repeat"));
        }
        return entries;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
