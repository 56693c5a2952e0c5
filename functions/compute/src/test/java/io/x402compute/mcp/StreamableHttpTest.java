package io.x402compute.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.http.Requests;

class StreamableHttpTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}";

    private final Agents agent = new Agents();

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "PUT", "PATCH", "HEAD"})
    void onlyPostsAreAnswered(String method) {
        assertThatThrownBy(() -> agent.send(Requests.request(method, "/mcp", PING)))
                .isInstanceOfSatisfying(ApiException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(405);
                    assertThat(refusal.response("r").headers()).containsEntry("Allow", "POST");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example", "https://API.example:443"})
    void pagesOfOurOwnOriginAreServed(String origin) {
        assertThat(agent.send(ping("Origin", origin)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://api.example", "https://api.example:4020", "null", "",
        "https://api.example,https://evil.example", "https://api.example.evil.example"})
    void pagesOfAnotherOriginAreNot(String origin) {
        assertRefused(403, "foreign_origin", ping("Origin", origin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26"})
    void versionsThatAreSpokenAre(String version) {
        assertThat(agent.send(ping("MCP-Protocol-Version", version)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2099-01-01", "1", "", "2025-06-18,2025-06-18"})
    void otherVersionsAreNot(String version) {
        assertRefused(400, "unsupported_protocol_version", ping("MCP-Protocol-Version", version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"destroy_instance\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1,\"message\":\"no\"}}"})
    void whatNobodyIsToAnswerIsAcceptedWithoutABodyAndCallsNothing(String notice) {
        ApiResponse accepted = agent.send(notice);

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.content()).contains(new ApiResponse.Content.Text(""));
        assertThat(agent.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "``, -32700, null", "`{`, -32700, null", "`{}{}`, -32700, null", "`[{]`, -32700, null",
        "`{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}`, -32700, null",
        "`{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":\"\\ud800\"}}`, -32700, null",
        "`[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]`, -32600, null", "`[]`, -32600, null",
        "`{}`, -32600, null", "`{\"id\":1,\"method\":\"ping\"}`, -32600, 1",
        "`{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}`, -32600, 1",
        "`{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}`, -32600, null",
        "`{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}`, -32600, null",
        "`{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}`, -32600, null",
        "`{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":7}`, -32600, `\"x\"`",
        "`{\"jsonrpc\":\"2.0\",\"id\":1}`, -32600, 1",
        "`{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}`, -32602, 1"})
    void whatIsNoMessageIsABadRequest(String body, int code, String id) {
        ApiResponse refused = agent.send(body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/error/code").intValue()).isEqualTo(code);
        assertThat(refused.body().at("/error/message").textValue()).isNotBlank();
        assertThat(refused.body().at("/error/data/request_id").textValue()).isEqualTo("request-1");
        assertThat(refused.body().path("id")).isEqualTo(Json.readOwn(id));
        assertThat(refused.body().path("jsonrpc").textValue()).isEqualTo("2.0");
        assertThat(refused.body().has("result")).isFalse();
    }

    @Test
    void anIdComesBackAsItWasSent() {
        for (String id : new String[]{"0", "-1", "90071992547409929007199254740992", "\"\"", "\"a b\""}) {
            assertThat(agent.send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}").body())
                    .hasToString("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}");
        }
    }

    private static ApiRequest ping(String header, String value) {
        return Requests.withHeaders(Requests.post("/mcp", PING), Map.of(header, value));
    }

    private void assertRefused(int status, String code, ApiRequest request) {
        assertThatThrownBy(() -> agent.send(request)).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.code()).isEqualTo(code);
        });
    }
}
