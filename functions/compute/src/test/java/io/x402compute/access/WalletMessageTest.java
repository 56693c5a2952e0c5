package io.x402compute.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class WalletMessageTest {
    private static final String NO_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void textIsTheOneThatTheSkillSigns() {
        assertThat(message("base", SkillRequests.EVM, "GET", "/compute/instances", ""))
                .hasSize(203)
                .startsWith("X402-COMPUTE-AUTH\nv1\nbase\n0x7e5f")
                .endsWith(NO_BODY + "\n1771372800123\n0123456789abcdef0123456789abcdef")
                .satisfies(text -> assertThat(hash(text))
                        .isEqualTo("b5b5785e3dc9cab1800ec6c32193bbbf86b65f1237ff35fe561255608f641ec7"));
        assertThat(hash(message("base", SkillRequests.EVM, "POST", "/compute/api-keys", SkillRequests.LABEL)))
                .isEqualTo("d8158214e507f797ead08b08930f8eef851ed9d6bc6fdd271074ef48fbba6c0f");
        assertThat(message("solana", SkillRequests.SOLANA, "GET", "/compute/instances", "")).hasSize(207)
                .satisfies(text -> assertThat(hash(text))
                        .isEqualTo("120b9b6e6a04cf8aa719247e5600135edd43ef9e6833085a677278b1aa2bda93"));
    }

    @Test
    void bodyHashIsOverItsBytes() {
        assertThat(hash("")).isEqualTo(NO_BODY);
        assertThat(hash(SkillRequests.LABEL))
                .isEqualTo("bc9f1bf017b71858d8d1b29e890793c0f898dc3bb4ab380ea038ee509eed451b");
    }

    private static String message(String chain, String address, String method, String path, String body) {
        return new WalletMessage(chain, address, method, path, hash(body), SkillRequests.TIMESTAMP, SkillRequests.NONCE)
                .text();
    }

    private static String hash(String text) {
        return WalletMessage.hash(text.getBytes(StandardCharsets.UTF_8));
    }
}
