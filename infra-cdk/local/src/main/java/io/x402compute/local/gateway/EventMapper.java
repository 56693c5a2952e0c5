package io.x402compute.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/**
 * A request as the event that API Gateway invokes a function with, payload format 2.0: repeated headers and query
 * parameters joined with commas, cookies in a list of their own, and every body that is not plainly text in base64.
 */
final class EventMapper {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    /** Beside {@code text/*}. A form and a body without a type are binary to API Gateway. */
    private static final Set<String> TEXT_TYPES = Set.of("application/json", "application/xml",
            "application/javascript");

    private final String domainName;
    private final Clock clock;

    EventMapper(String domainName, Clock clock) {
        this.domainName = domainName;
        this.clock = clock;
    }

    ObjectNode event(GatewayRequest request, RouteTable.Match match, String requestId) {
        String routeKey = match.route().key();
        ObjectNode event = Json.object()
                .put("version", "2.0")
                .put("routeKey", routeKey)
                .put("rawPath", request.path())
                .put("rawQueryString", request.rawQuery());
        headers(request, event);
        putMap(event, "queryStringParameters", query(request.rawQuery()));
        event.set("requestContext", context(request, routeKey, requestId));
        putMap(event, "pathParameters", match.parameters());
        body(request, event);
        return event;
    }

    private ObjectNode context(GatewayRequest request, String routeKey, String requestId) {
        Instant now = clock.instant();
        ObjectNode context = Json.object()
                .put("accountId", "000000000000")
                .put("apiId", "local")
                .put("domainName", domainName)
                .put("domainPrefix", domainName.split("[.:]", 2)[0]);
        context.putObject("http")
                .put("method", request.method())
                .put("path", request.path())
                .put("protocol", request.protocol())
                .put("sourceIp", request.sourceIp())
                .put("userAgent", request.header("user-agent"));
        return context.put("requestId", requestId)
                .put("routeKey", routeKey)
                .put("stage", "$default")
                .put("time", TIME.format(now))
                .put("timeEpoch", now.toEpochMilli());
    }

    private static void headers(GatewayRequest request, ObjectNode event) {
        Map<String, String> joined = new LinkedHashMap<>();
        request.headers().forEach((name, values) -> {
            if (name.equals("cookie")) {
                var cookies = event.putArray("cookies");
                values.stream().flatMap(value -> Arrays.stream(value.split(";\\s*", -1))).forEach(cookies::add);
            } else {
                joined.put(name, String.join(",", values));
            }
        });
        joined.putIfAbsent("content-length", Integer.toString(request.body().length));
        joined.put("x-forwarded-for", request.sourceIp());
        joined.put("x-forwarded-proto", "http");
        event.set("headers", Json.tree(joined));
    }

    private static Map<String, String> query(String rawQuery) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] nameAndValue = pair.split("=", 2);
                String value = nameAndValue.length == 2 ? decode(nameAndValue[1]) : "";
                parameters.merge(decode(nameAndValue[0]), value, (first, next) -> first + "," + next);
            }
        }
        return parameters;
    }

    private static void body(GatewayRequest request, ObjectNode event) {
        boolean binary = !isText(request.header("content-type"));
        if (request.body().length > 0) {
            event.put("body", binary
                    ? Base64.getEncoder().encodeToString(request.body())
                    : new String(request.body(), StandardCharsets.UTF_8));
        }
        event.put("isBase64Encoded", binary && request.body().length > 0);
    }

    private static boolean isText(String contentType) {
        String type = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return type.startsWith("text/") || TEXT_TYPES.contains(type);
    }

    /** API Gateway leaves empty maps out. */
    private static void putMap(ObjectNode event, String name, Map<String, String> map) {
        if (!map.isEmpty()) {
            event.set(name, Json.tree(map));
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a lone percent sign stays what it is
        }
    }
}
