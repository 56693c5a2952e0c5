package io.x402compute.x402.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row spoils one thing of a payment that is otherwise good. */
class MalformedHeadersTest {
    /** 2^256. */
    private static final String TOO_BIG = "115792089237316195423570985008687907853269984665640564039457584007913129639936";

    private static final String GOOD = Vectors.version2().toJson().toString();

    @Test
    void unspoiledPaymentIsGood() {
        assertThat(inSignatureHeader(base64(GOOD))).isInstanceOf(DecodedPayment.Decoded.class);
    }

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @MethodSource
    void spoiledFieldIsRefusedWithItsReason(String before, String after, String reason) {
        String spoiled = GOOD.replace(quoted(before), quoted(after));
        assertThat(spoiled).isNotEqualTo(GOOD);

        assertThat(inSignatureHeader(base64(spoiled))).isEqualTo(new DecodedPayment.Malformed(reason));
    }

    static Stream<Arguments> spoiledFieldIsRefusedWithItsReason() {
        return Stream.of(
                // The version
                arguments("'x402Version':2", "'x402Version':1", Reasons.INVALID_X402_VERSION),
                arguments("'x402Version':2", "'x402Version':3", Reasons.INVALID_X402_VERSION),
                arguments("'x402Version':2", "'x402Version':'2'", Reasons.INVALID_X402_VERSION),
                arguments("'x402Version':2", "'x402Version':2.5", Reasons.INVALID_X402_VERSION),
                arguments("'x402Version':2", "'x402Version':-2", Reasons.INVALID_X402_VERSION),
                arguments("'x402Version':2", "'x402Version':null", Reasons.INVALID_X402_VERSION),
                arguments("'x402Version':2", "'x402Version':99999999999999999999", Reasons.INVALID_X402_VERSION),
                arguments("'x402Version':2", "'x402Version':1e99999999999", Reasons.INVALID_PAYLOAD),
                arguments("'x402Version':2,", "", Reasons.INVALID_X402_VERSION),
                // The scheme and the network
                arguments("'scheme':'exact'", "'scheme':'upto'", Reasons.UNSUPPORTED_SCHEME),
                arguments("'scheme':'exact'", "'scheme':'Exact'", Reasons.UNSUPPORTED_SCHEME),
                arguments("'scheme':'exact'", "'scheme':7", Reasons.INVALID_PAYLOAD),
                arguments("'network':'eip155:84532'", "'network':'base-sepolia'", Reasons.INVALID_NETWORK),
                arguments("'network':'eip155:84532'", "'network':'eip155:1'", Reasons.INVALID_NETWORK),
                arguments("'network':'eip155:84532'", "'network':'eip155:084532'", Reasons.INVALID_NETWORK),
                arguments("'network':'eip155:84532'", "'network':'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'",
                        "invalid_exact_svm_payload_transaction"),
                arguments("'network':'eip155:84532'", "'network':''", Reasons.INVALID_NETWORK),
                arguments("'network':'eip155:84532'", "'network':84532", Reasons.INVALID_PAYLOAD),
                arguments("'network':'eip155:84532'", "'network':null", Reasons.INVALID_PAYLOAD),
                // The other terms
                arguments("'accepted':", "'accept':", Reasons.INVALID_PAYLOAD),
                arguments("'accepted':", "'accepted':[],'x':", Reasons.INVALID_PAYLOAD),
                arguments("'amount':'10000'", "'amount':10000", Reasons.INVALID_PAYLOAD),
                arguments("'asset':", "'assets':", Reasons.INVALID_PAYLOAD),
                arguments("'payTo':", "'payTo':null,'x':", Reasons.INVALID_PAYLOAD),
                arguments("'maxTimeoutSeconds':60", "'maxTimeoutSeconds':'60'", Reasons.INVALID_PAYLOAD),
                arguments("'maxTimeoutSeconds':60", "'maxTimeoutSeconds':60.5", Reasons.INVALID_PAYLOAD),
                arguments("'extra':", "'extra':'none','x':", Reasons.INVALID_PAYLOAD),
                arguments("'resource':", "'resource':7,'x':", Reasons.INVALID_PAYLOAD),
                arguments("'x402Version':2", "'x402Version':2,'extensions':[]", Reasons.INVALID_PAYLOAD),
                // What was signed
                arguments("'payload':", "'payloads':", Reasons.INVALID_PAYLOAD),
                arguments("'payload':", "'payload':[],'x':", Reasons.INVALID_PAYLOAD),
                arguments("'payload':", "'payload':'0x','x':", Reasons.INVALID_PAYLOAD),
                arguments("'authorization':", "'permit2Authorization':", Reasons.INVALID_PAYLOAD),
                arguments("'authorization':", "'authorizations':", Reasons.INVALID_PAYLOAD),
                arguments("'signature':'0x2d", "'signature':'2d", Reasons.INVALID_PAYLOAD),
                arguments("'signature':'0x2d", "'signature':'0x2", Reasons.INVALID_PAYLOAD),
                arguments("'signature':'0x2d", "'signature':'0xzz", Reasons.INVALID_PAYLOAD),
                arguments("'signature':", "'signature':'0x','x':", Reasons.INVALID_PAYLOAD),
                arguments("'signature':", "'signature':null,'x':", Reasons.INVALID_PAYLOAD),
                // Addresses and nonce
                arguments("'from':'0x857b06", "'from':'0x857b0", Reasons.INVALID_PAYLOAD),
                arguments("'from':'0x857b06", "'from':'0x857b066", Reasons.INVALID_PAYLOAD),
                arguments("'from':'0x857b06", "'from':'857b06", Reasons.INVALID_PAYLOAD),
                arguments("'from':'0x857b06", "'from':'0X857b06", Reasons.INVALID_PAYLOAD),
                arguments("'from':'0x857b06", "'from':' 0x857b06", Reasons.INVALID_PAYLOAD),
                arguments("'from':'0x857b06", "'from':'0x857bg6", Reasons.INVALID_PAYLOAD),
                arguments("'from':", "'from':12,'x':", Reasons.INVALID_PAYLOAD),
                arguments("'from':", "'sender':", Reasons.INVALID_PAYLOAD),
                arguments("'to':'0x", "'to':'", Reasons.INVALID_PAYLOAD),
                arguments("'nonce':'0xf3", "'nonce':'0xf", Reasons.INVALID_PAYLOAD),
                arguments("'nonce':'0xf3", "'nonce':'0xf300", Reasons.INVALID_PAYLOAD),
                arguments("'nonce':", "'nonce':1,'x':", Reasons.INVALID_PAYLOAD),
                // Numbers
                arguments("'value':'10000'", "'value':'-1'", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':'+1'", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':'1.0'", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':'1e4'", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':''", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':' 10000'", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':'0x2710'", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':'010000'", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':'１００００'", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':-1", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':1.5", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':1e4", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':true", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':null", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':['10000']", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':'" + TOO_BIG + "'", Reasons.INVALID_PAYLOAD),
                arguments("'value':'10000'", "'value':" + TOO_BIG, Reasons.INVALID_PAYLOAD),
                arguments("'validAfter':'", "'validAfter':'-", Reasons.INVALID_PAYLOAD),
                arguments("'validBefore':'1740672154'", "'validBefore':'never'", Reasons.INVALID_PAYLOAD),
                arguments("'validBefore':", "'validUntil':", Reasons.INVALID_PAYLOAD),
                // More than one reading
                arguments("'value':'10000'", "'value':'10000','value':'1'", Reasons.INVALID_PAYLOAD),
                arguments("'payload':", "'payload':{},'payload':", Reasons.INVALID_PAYLOAD),
                // No JSON
                arguments("'x402Version':2", "x402Version:2", Reasons.INVALID_PAYLOAD),
                arguments("'x402Version':2", "'x402Version':2,,", Reasons.INVALID_PAYLOAD),
                arguments("'x402Version':2", "'x402Version':NaN", Reasons.INVALID_PAYLOAD),
                arguments("'x402Version':2", "'x402Version':02", Reasons.INVALID_PAYLOAD));
    }

    @ParameterizedTest
    @MethodSource
    void textThatIsNotOneObjectInOneEncodingIsRefused(String header) {
        assertThat(inSignatureHeader(header)).isEqualTo(new DecodedPayment.Malformed(Reasons.INVALID_PAYLOAD));
    }

    static Stream<String> textThatIsNotOneObjectInOneEncodingIsRefused() {
        String good = base64(GOOD);
        byte[] latin1 = GOOD.replace("\"USDC\"", "\"\u00e9\"").getBytes(StandardCharsets.ISO_8859_1);
        return Stream.of("", " ", "=", "====", "A", "AAAA", "not base64", good + "\n", " " + good,
                good.substring(0, good.length() - 1), good + "=", good + good,
                // Base64 of its own kinds: URL-safe, in lines, without padding, with stray bits in the last character
                Base64.getUrlEncoder()
                        .encodeToString(GOOD.replace("USDC", "\u00ff\u00ff\u00ff").getBytes(StandardCharsets.UTF_8)),
                Base64.getMimeEncoder().encodeToString(GOOD.getBytes(StandardCharsets.UTF_8)),
                "e30", "e31=", base64("{}").replace("e30=", "e31="),
                // Other JSON, more than JSON, other encodings of it
                base64("null"), base64("7"), base64("\"text\""), base64("[" + GOOD + "]"), base64(GOOD + GOOD),
                base64(GOOD + "x"), base64("\ufeff" + GOOD), base64("{" + "\"a\":[".repeat(2_000)),
                Base64.getEncoder().encodeToString(GOOD.getBytes(StandardCharsets.UTF_16LE)),
                Base64.getEncoder().encodeToString(latin1),
                // Good, but too long
                base64(GOOD + " ".repeat(16 * 1024)));
    }

    @Test
    void version1NetworkNameIsNotMixedWithVersion2() {
        String json = Vectors.version1().toJson().toString().replace("base-sepolia", "eip155:84532");

        assertThat(inOldHeader(base64(json))).isEqualTo(new DecodedPayment.Malformed(Reasons.INVALID_NETWORK));
    }

    @Test
    void version1PaymentIsNotTakenFromVersion2Header() {
        assertThat(inSignatureHeader(Vectors.version1().headerText()))
                .isEqualTo(new DecodedPayment.Malformed(Reasons.INVALID_X402_VERSION));
    }

    /** The tables are easier to read with JSON's quotes as apostrophes. */
    private static String quoted(String text) {
        return text.replace('\'', '"');
    }

    private static DecodedPayment inSignatureHeader(String value) {
        return PaymentHeaders.decode(Optional.of(value), Optional.empty());
    }

    private static DecodedPayment inOldHeader(String value) {
        return PaymentHeaders.decode(Optional.empty(), Optional.of(value));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
