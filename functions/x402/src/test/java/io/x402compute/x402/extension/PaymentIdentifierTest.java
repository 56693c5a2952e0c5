package io.x402compute.x402.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.extension.PaymentIdentifier.Reading;

class PaymentIdentifierTest {

    @ParameterizedTest
    @ValueSource(strings = {"pay_7d5d747be160e280504c099d984bcfe0", "0123456789abcdef", "A-_0A-_0A-_0A-_0"})
    void nameIsRead(String id) {
        assertThat(read("{\"info\":{\"required\":false,\"id\":\"%s\"}}".formatted(id)))
                .isEqualTo(new Reading.Named(id));
        assertThat(read("{\"info\":{\"required\":false,\"id\":\"%s\"}}".formatted("x".repeat(128))))
                .isInstanceOf(Reading.Named.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"info\":{\"required\":false}}", "{\"info\":{}}", "{}", "[]", "null", "\"pay_\""})
    void withoutANameThereIsNone(String extension) {
        assertThat(read(extension)).isEqualTo(new Reading.Unnamed());
        assertThat(PaymentIdentifier.of(Extended.by(Map.of()))).isEqualTo(new Reading.Unnamed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0123456789abcde\"", "\"\"", "\"0123456789abcde!\"", "\"0123456789abcde \"",
        "\"0123456789abcdé\"", "\"0123456789abcdef\\n\"", "1234567890123456", "null", "true", "[]", "{}"})
    void somethingElseIsNoName(String id) {
        assertThat(read("{\"info\":{\"required\":false,\"id\":%s}}".formatted(id))).isEqualTo(new Reading.Malformed());
        assertThat(read("{\"info\":{\"id\":\"%s\"}}".formatted("x".repeat(129)))).isEqualTo(new Reading.Malformed());
    }

    @Test
    void declarationLetsClientsAddAName() {
        assertThat(PaymentIdentifier.declaration().get(PaymentIdentifier.KEY).toString()).isEqualTo("""
                {"info":{"required":false},"schema":{"type":"object","properties":{"required":{"type":"boolean"},\
                "id":{"type":"string","minLength":16,"maxLength":128,"pattern":"^[a-zA-Z0-9_-]+$"}},\
                "required":["required"]}}""");
    }

    private static Reading read(String extension) {
        return PaymentIdentifier.of(Extended.by(
                "{\"payment-identifier\":%s}".formatted(extension).getBytes(StandardCharsets.UTF_8)));
    }
}
