package io.x402compute.local.provider;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** Lists in pages, with a cursor to the next one. */
final class Listing {
    static final int LARGEST_PAGE = 500;
    private static final int PAGE = 100;

    private int largest = LARGEST_PAGE;

    /** No page is longer than that, whatever is asked for. */
    void setLargestPage(int entries) {
        largest = entries;
    }

    Reply of(Call call, String key, List<? extends JsonNode> entries) {
        int wanted = number(call.parameter("per_page").orElse("" + PAGE), "per_page");
        if (wanted < 1 || wanted > LARGEST_PAGE) {
            throw Refused.badRequest("Invalid per_page.");
        }
        int size = Math.min(wanted, largest);
        int from = call.parameter("cursor").map(Listing::start).orElse(0);
        int to = Math.min(entries.size(), from + size);
        ObjectNode body = Json.object();
        ArrayNode page = body.putArray(key);
        for (int i = from; i < to; i++) {
            page.add(entries.get(i));
        }
        body.putObject("meta").put("total", entries.size()).putObject("links")
                .put("next", to < entries.size() ? cursor(to) : "")
                .put("prev", from > 0 ? cursor(Math.max(0, from - size)) : "");
        return Reply.json(200, body);
    }

    static String cursor(int from) {
        return Base64.getEncoder().encodeToString(("next__" + from).getBytes(StandardCharsets.UTF_8));
    }

    private static int start(String cursor) {
        try {
            String text = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
            return Math.max(0, number(text.replaceFirst("next__", ""), "cursor"));
        } catch (IllegalArgumentException e) {
            throw Refused.badRequest("Invalid cursor.");
        }
    }

    private static int number(String text, String field) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Refused.badRequest("Invalid " + field + ".");
        }
    }
}
