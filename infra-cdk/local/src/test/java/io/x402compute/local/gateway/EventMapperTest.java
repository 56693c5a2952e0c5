package io.x402compute.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.Json;
import io.x402compute.local.template.Route;

class EventMapperTest {
    private static final RouteTable.Match MATCH = new RouteTable.Match(
            new Route("POST /notes/{id}", "KeepNote"), Map.of("id", "a b"));
    private static final EventMapper EVENTS = new EventMapper(
            "localhost:4020", Clock.fixed(Instant.parse("2026-03-12T19:03:58.390Z"), ZoneOffset.UTC));

    @Test
    void aRequestBecomesAnEventOfFormatTwo() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("host", List.of("localhost:4020"));
        headers.put("content-type", List.of("application/json; charset=utf-8"));
        headers.put("x-twice", List.of("one", "two"));
        headers.put("cookie", List.of("a=1; b=2"));
        headers.put("user-agent", List.of("agent/1"));
        byte[] body = "{\"n\":1}".getBytes(StandardCharsets.UTF_8);

        JsonNode event = EVENTS.event(request("page=1&tag=x%20y&tag=z&empty", headers, body), MATCH, "request-1");

        assertThat(Json.readOwn(Json.write(event))).isEqualTo(Json.readOwn("""
                {
                  "version": "2.0",
                  "routeKey": "POST /notes/{id}",
                  "rawPath": "/notes/a b",
                  "rawQueryString": "page=1&tag=x%20y&tag=z&empty",
                  "cookies": ["a=1", "b=2"],
                  "headers": {
                    "host": "localhost:4020",
                    "content-type": "application/json; charset=utf-8",
                    "x-twice": "one,two",
                    "user-agent": "agent/1",
                    "content-length": "7",
                    "x-forwarded-for": "127.0.0.1",
                    "x-forwarded-proto": "http"
                  },
                  "queryStringParameters": {"page": "1", "tag": "x y,z", "empty": ""},
                  "requestContext": {
                    "accountId": "000000000000",
                    "apiId": "local",
                    "domainName": "localhost:4020",
                    "domainPrefix": "localhost",
                    "http": {
                      "method": "POST",
                      "path": "/notes/a b",
                      "protocol": "HTTP/1.1",
                      "sourceIp": "127.0.0.1",
                      "userAgent": "agent/1"
                    },
                    "requestId": "request-1",
                    "routeKey": "POST /notes/{id}",
                    "stage": "$default",
                    "time": "12/Mar/2026:19:03:58 +0000",
                    "timeEpoch": 1773342238390
                  },
                  "pathParameters": {"id": "a b"},
                  "body": "{\\"n\\":1}",
                  "isBase64Encoded": false
                }"""));
    }

    @Test
    void anEmptyRequestHasNeitherQueryNorBody() {
        JsonNode event = EVENTS.event(request("", Map.of(), new byte[0]), MATCH, "request-1");

        assertThat(event.has("queryStringParameters")).isFalse();
        assertThat(event.has("body")).isFalse();
        assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "application/x-www-form-urlencoded", ""})
    void aBodyThatIsNotPlainlyTextArrivesInBase64(String contentType) {
        JsonNode event = EVENTS.event(
                request("", Map.of("content-type", List.of(contentType)), new byte[]{(byte) 0xff, 0}), MATCH,
                "request-1");

        assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
        assertThat(event.path("body").asText()).isEqualTo("/wA=");
    }

    @Test
    void aLonePercentSignInAQueryStaysWhatItIs() {
        JsonNode event = EVENTS.event(request("discount=50%", Map.of(), new byte[0]), MATCH, "request-1");

        assertThat(event.path("queryStringParameters").path("discount").asText()).isEqualTo("50%");
    }

    private static GatewayRequest request(String rawQuery, Map<String, List<String>> headers, byte[] body) {
        return new GatewayRequest(
                "", "POST", "/notes/a b", rawQuery, "HTTP/1.1", "127.0.0.1", headers, body);
    }
}
