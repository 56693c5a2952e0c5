package io.x402compute.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {

    @Test
    void noBodyIsEmptyAndAnEmptyObjectIsABody() {
        assertThat(body("").isEmpty()).isTrue();
        assertThat(body("{}").isEmpty()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "[]", "\"text\"", "null", "{", "{} {}", "{\"a\":1,\"a\":2}", "{'a':1}", "{\"a\":NaN}",
        "{\"a\":01}", "\uFEFF{}", "{\"a\":\"\n\"}", "{\"a\":1e99999999999}", "{\"a\":1e-99999999999}"})
    void everythingButOneJsonObjectIsRefused(String text) {
        assertRefused("invalid_json", () -> body(text));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertRefused("invalid_json", () -> body(new byte[]{'{', '"', 'a', '"', ':', '"', (byte) 0xc3, '"', '}'}));
        assertRefused("invalid_json", () -> body(new byte[]{0, '{', 0, '}'}));
    }

    @Test
    void deepNestingIsRefused() {
        assertRefused("invalid_json", () -> body("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}"));
    }

    @Test
    void fieldsOfTheRightTypeAreRead() {
        RequestBody body = body("{\"plan\":\"vc2\",\"hours\":24,\"credits\":true,\"script\":\"a\\n\\tb\"}");

        assertThat(body.text("plan", 3)).isEqualTo("vc2");
        assertThat(body.integer("hours", 24, 48)).isEqualTo(24);
        assertThat(body.flag("credits", false)).isTrue();
        assertThat(body.optionalLines("script", 100)).contains("a\n\tb");
        assertThat(body.optionalText("label", 10)).isEmpty();
        assertThat(body.optionalInteger("days", 1, 2)).isEmpty();
        assertThat(body.flag("absent", true)).isTrue();
    }

    @Test
    void queryIsReadAsABodyWould() {
        ApiRequest request = Requests.withQuery(Requests.get("/"), "hours", "24");

        assertThat(RequestBody.ofQuery(request, "hours").integer("hours", 1, 48)).isEqualTo(24);
        assertThat(RequestBody.ofQuery(request).text("hours", 2)).isEqualTo("24");
        assertThat(RequestBody.ofQuery(Requests.get("/"), "hours").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+24", "024", "24.0", "2e1", "24 ", "0x18", "--1", "9223372036854775808",
        "99999999999999999999999999", "49", "-24", "0"})
    void numberInAQueryHasOneSpelling(String text) {
        RequestBody query = RequestBody.ofQuery(Requests.withQuery(Requests.get("/"), "hours", text), "hours");

        assertRefused("invalid_field", () -> query.integer("hours", 1, 48));
    }

    @Test
    void absentFieldThatIsNeededIsNamed() {
        assertThatThrownBy(() -> body("{}").text("plan", 3)).hasMessage("plan is required");
        assertRefused("missing_field", () -> body("{}").text("plan", 3));
        assertRefused("missing_field", () -> body("{}").integer("hours", 1, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "true", "[]", "{}", "\"\"", "\"four\"", "\"a\\nb\"", "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\u0085\""})
    void textOfAnotherTypeLengthOrKindIsRefused(String value) {
        assertRefused("invalid_field", () -> body("{\"f\":" + value + "}").optionalText("f", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"24\"", "24.0", "24.5", "2.4e1", "-1", "23", "4321", "9223372036854775808",
        "99999999999999999999999999", "4294967320", "true", "[24]"})
    void integerOfAnotherTypeOrOutOfBoundsIsRefused(String value) {
        assertRefused("invalid_field", () -> body("{\"f\":" + value + "}").integer("f", 24, 4320));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"true\"", "0", "1", "[]"})
    void flagOfAnotherTypeIsRefused(String value) {
        assertRefused("invalid_field", () -> body("{\"f\":" + value + "}").flag("f", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\u0007\"", "\"\\u001b[2J\"", "7"})
    void linesWithOtherControlCharactersAreRefused(String value) {
        assertRefused("invalid_field", () -> body("{\"f\":" + value + "}").optionalLines("f", 100));
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.code()).isEqualTo(code);
        });
    }

    private static RequestBody body(String text) {
        return RequestBody.of(Requests.post("/x", text));
    }

    private static RequestBody body(byte[] bytes) {
        return RequestBody.of(new ApiRequest("POST", "/x", Map.of(), Map.of(), "", Map.of(), bytes, "r", "https://h",
                Instant.MAX));
    }
}
