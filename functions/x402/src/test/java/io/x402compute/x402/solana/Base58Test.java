package io.x402compute.x402.solana;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base58Test {

    @ParameterizedTest
    @CsvSource({"'',''", "61,2g", "626262,a3gV", "516b6fcd0f,ABnLTmg", "00000000000000000000,1111111111",
        "00eb15231dfceb60925886b67d065299925915aeb172c06647,1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L",
        "0000000000000000000000000000000000000000000000000000000000000000,11111111111111111111111111111111"})
    void knownPairs(String hex, String text) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(Base58.encode(bytes)).isEqualTo(text);
        assertThat(Base58.decode(text)).hasValueSatisfying(decoded -> assertThat(decoded).isEqualTo(bytes));
    }

    @Test
    void helloWorldOfTheInternetDraft() {
        byte[] bytes = "Hello World!".getBytes(StandardCharsets.US_ASCII);

        assertThat(Base58.encode(bytes)).isEqualTo("2NEpo7TZRRrLZSi2U");
    }

    @Test
    void everythingReadsBackAsItWas() {
        var random = new Random(58);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(65)];
            random.nextBytes(bytes);
            if (bytes.length > 2 && i % 2 == 0) {
                bytes[0] = 0;
                bytes[1] = 0;
            }
            assertThat(Base58.decode(Base58.encode(bytes)))
                    .hasValueSatisfying(decoded -> assertThat(decoded).isEqualTo(bytes));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "O", "I", "l", " 2g", "2g\n", "2-g", "2é", "+2"})
    void otherCharactersAreRefused(String text) {
        assertThat(Base58.decode(text)).isEmpty();
    }

    @Test
    void endlessTextIsRefused() {
        assertThat(Base58.decode("2".repeat(129))).isEmpty();
    }
}
