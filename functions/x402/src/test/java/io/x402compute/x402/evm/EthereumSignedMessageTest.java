package io.x402compute.x402.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.protocol.Hex;

class EthereumSignedMessageTest {
    private static final EvmWallet ONE = EvmWallet.of(Vectors.KEY_ONE);
    private static final String LISTING = request("GET", "/compute/instances", "");
    private static final String LISTING_SIGNATURE = "0xf382da2ae20f5a8739699f5a10d188756855445e2cbd0bd38f2f130f6da62ad304c4ce"
            + "567b3c5dc294f31bcfc5080fb47b8eaccd64ddb597c4b128da2a3fe2c51c";

    @Test
    void signsAWalletsRequestAsTheLiveClientsDo() {
        assertThat(LISTING.getBytes(StandardCharsets.UTF_8)).hasSize(203);
        assertThat(sha256(LISTING)).isEqualTo("b5b5785e3dc9cab1800ec6c32193bbbf86b65f1237ff35fe561255608f641ec7");
        assertThat(Hex.of(EthereumSignedMessage.digest(LISTING)))
                .isEqualTo("0x461ab697defd5a76d0767e0d3e425476bf4c356f28964e175fe6037b5f3d6820");
        assertThat(ONE.signMessage(LISTING)).isEqualTo(LISTING_SIGNATURE);

        String keyCreation = request("POST", "/compute/api-keys", "{\"label\":\"my-agent\"}");
        assertThat(sha256(keyCreation)).isEqualTo("d8158214e507f797ead08b08930f8eef851ed9d6bc6fdd271074ef48fbba6c0f");
        assertThat(ONE.signMessage(keyCreation))
                .isEqualTo(
                        "0x78ed926aac1c44f25876666011fb1f9870f83978bd2c4c42c29401e99131d6ea3813c47ef6bffe1d2186e99bdfa3"
                                + "90f6085554a60325979ead9be21645cc880e1b");
    }

    @Test
    void findsTheWalletThatSigned() {
        assertThat(EthereumSignedMessage.recover(LISTING, LISTING_SIGNATURE)).contains(ONE.wallet());
        String bareRecoveryId = LISTING_SIGNATURE.substring(0, LISTING_SIGNATURE.length() - 2) + "01";
        assertThat(EthereumSignedMessage.recover(LISTING, bareRecoveryId)).contains(ONE.wallet());
    }

    @Test
    void aChangedTextIsSomebodyElses() {
        assertThat(EthereumSignedMessage.recover(LISTING + "\n", LISTING_SIGNATURE))
                .hasValueSatisfying(wallet -> assertThat(wallet).isNotEqualTo(ONE.wallet()));
    }

    @Test
    void malformedSignaturesAreNobodys() {
        for (String malformed : new String[]{"", "0x", "0xzz", LISTING_SIGNATURE.substring(2), LISTING_SIGNATURE + "00",
            "0x" + "00".repeat(64) + "1b", "0x" + "ff".repeat(64) + "1b"}) {
            assertThat(EthereumSignedMessage.recover(LISTING, malformed)).as(malformed).isEmpty();
        }
    }

    @Test
    void theLengthInThePrefixCountsBytesAndNotCharacters() {
        String text = "Zahlung über 5 USDC";
        assertThat(EthereumSignedMessage.recover(text, ONE.signMessage(text))).contains(ONE.wallet());
        byte[] signed = ("\u0019Ethereum Signed Message:\n20" + text).getBytes(StandardCharsets.UTF_8);
        assertThat(EthereumSignedMessage.digest(text)).isEqualTo(Keccak.hash(signed));
    }

    private static String request(String method, String path, String body) {
        return String.join("\n", "X402-COMPUTE-AUTH", "v1", "base", Hex.lowerCase(Vectors.ADDRESS_ONE), method, path,
                sha256(body),
                "1771372800123", "0123456789abcdef0123456789abcdef");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
