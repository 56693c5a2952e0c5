package io.x402compute.running;

import static io.x402compute.running.ForgedPayment.base64;
import static io.x402compute.running.ForgedPayment.edited;
import static io.x402compute.running.ForgedPayment.editedV1;
import static io.x402compute.running.ForgedPayment.json;
import static io.x402compute.running.ForgedPayment.signed;
import static io.x402compute.running.ForgedPayment.signedV1;
import static io.x402compute.running.ForgedPayment.text;
import static io.x402compute.running.ForgedPayment.v1;
import static io.x402compute.running.ForgedPayment.v2;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentRequirements;

/** Everything that can be wrong with a payment, each with the reason that clients are told. */
final class ForgedPayments {
    private static final String PAYLOAD = "invalid_payload";
    private static final String VERSION = "invalid_x402_version";
    private static final String NETWORK = "invalid_network";
    private static final String SCHEME = "unsupported_scheme";
    private static final String SIGNATURE = "invalid_exact_evm_signature";
    private static final String NO_MATCH = "No matching payment requirements";
    private static final String STRANGER = "0x00000000000000000000000000000000deadbeef";
    private static final BigInteger CURVE_ORDER = new BigInteger(
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    /** A key that owns nothing, whose account no chain has ever seen. */
    private static final EvmWallet PENNILESS = EvmWallet.of("0x" + "5".repeat(64));
    /** What a signature of a wallet that is not deployed yet ends in (ERC-6492). */
    private static final String NOT_DEPLOYED = "6492".repeat(16);

    private ForgedPayments() {}

    static Stream<ForgedPayment> all() {
        return Stream.of(notAHeader(), anotherVersion(), notAnEnvelope(), notATransfer(), otherTerms(), notSigned(),
                signedForOtherTerms(), version1()).flatMap(List::stream);
    }

    private static List<ForgedPayment> notAHeader() {
        return List.of(
                text("empty", PAYLOAD, right -> ""),
                text("no base64", PAYLOAD, right -> "please"),
                text("cut in the middle", PAYLOAD, right -> right.substring(0, right.length() / 2)),
                text("a space in it", PAYLOAD, right -> right.substring(0, 8) + " " + right.substring(8)),
                text("url-safe base64", PAYLOAD, right -> "-_" + right),
                v2("no padding", PAYLOAD, quote -> base64("{\"x402Version\":2} ").replace("=", "").substring(1)),
                v2("stray last bits", PAYLOAD, quote -> "e31="),
                v2("bytes that are no UTF-8", PAYLOAD,
                        quote -> Base64.getEncoder().encodeToString(new byte[]{'{', -1, '}'})),
                json("the JSON itself", PAYLOAD, right -> right.replace("{", "(")),
                json("two objects", PAYLOAD, right -> right + "{}"),
                json("a list", PAYLOAD, right -> "[" + right + "]"),
                json("a string", PAYLOAD, right -> "\"" + right.replace("\"", "'") + "\""),
                json("one field twice", PAYLOAD, right -> "{\"x402Version\":2," + right.substring(1)),
                json("a byte order mark", PAYLOAD, right -> "\ufeff" + right),
                json("an exponent of twenty digits", PAYLOAD,
                        right -> "{\"more\":1e99999999999999999999," + right.substring(1)),
                json("a thousand lists in each other", PAYLOAD, right -> "[".repeat(1_001)));
    }

    private static List<ForgedPayment> anotherVersion() {
        return List.of(
                edited("no version", VERSION, payment -> payment.remove("x402Version")),
                edited("version 3", VERSION, payment -> payment.put("x402Version", 3)),
                edited("version 0", VERSION, payment -> payment.put("x402Version", 0)),
                edited("a version that is text", VERSION, payment -> payment.put("x402Version", "2")),
                json("a version with a fraction", VERSION,
                        right -> right.replace("\"x402Version\":2", "\"x402Version\":2.0")),
                v2("version 1 in the header of version 2", VERSION, quote -> quote.draftV1().payment().headerText()));
    }

    private static List<ForgedPayment> notAnEnvelope() {
        return List.of(
                edited("nothing accepted", PAYLOAD, payment -> payment.remove("accepted")),
                edited("null accepted", PAYLOAD, payment -> payment.putNull("accepted")),
                edited("a list accepted", PAYLOAD, payment -> payment.putArray("accepted")),
                edited("a resource that is text", PAYLOAD, payment -> payment.put("resource", "/compute/provision")),
                edited("extensions that are a list", PAYLOAD, payment -> payment.putArray("extensions")),
                edited("another scheme", SCHEME, payment -> accepted(payment).put("scheme", "upto")),
                edited("no scheme", PAYLOAD, payment -> accepted(payment).remove("scheme")),
                edited("a chain nobody knows", NETWORK, payment -> accepted(payment).put("network", "eip155:1")),
                edited("a chain by its name of version 1", NETWORK,
                        payment -> accepted(payment).put("network", "base")),
                edited("a chain of another kind", "invalid_exact_svm_payload_transaction",
                        payment -> accepted(payment).put("network", Network.SOLANA.caip2())),
                edited("a chain that is not ours", NETWORK,
                        payment -> accepted(payment).put("network", Network.BASE_SEPOLIA.caip2())),
                edited("an amount that is a number", PAYLOAD, payment -> accepted(payment).put("amount", 1_699_200)),
                edited("a timeout that is text", PAYLOAD, payment -> accepted(payment).put("maxTimeoutSeconds", "300")),
                edited("an extra that is text", PAYLOAD, payment -> accepted(payment).put("extra", "USD Coin")));
    }

    private static List<ForgedPayment> notATransfer() {
        return List.of(
                edited("no payload", PAYLOAD, payment -> payment.remove("payload")),
                edited("an empty payload", PAYLOAD, payment -> payment.putObject("payload")),
                edited("no authorization", PAYLOAD, payment -> payload(payment).remove("authorization")),
                edited("no signature", PAYLOAD, payment -> payload(payment).remove("signature")),
                edited("a signature that is no hex", PAYLOAD, payment -> payload(payment).put("signature", "0xzz")),
                edited("half a byte of signature", PAYLOAD, payment -> payload(payment).put("signature", "0xabc")),
                edited("a Permit2 payment", "unsupported_payload_type",
                        payment -> payload(payment).putObject("permit2Authorization")),
                edited("a Solana payment", PAYLOAD,
                        payment -> payment.putObject("payload").put("transaction", base64("transaction"))),
                transfer("a payer that is no address", PAYLOAD, transfer -> transfer.put("from", "vitalik.eth")),
                transfer("a receiver one digit short", PAYLOAD,
                        transfer -> transfer.put("to", STRANGER.substring(0, 41))),
                transfer("a negative value", PAYLOAD, transfer -> transfer.put("value", "-1699200")),
                transfer("a value in hex", PAYLOAD, transfer -> transfer.put("value", "0x19ed80")),
                transfer("a value with a leading zero", PAYLOAD, transfer -> transfer.put("value", "01699200")),
                transfer("a value with a fraction", PAYLOAD, transfer -> transfer.put("value", 1.5)),
                transfer("a value no word can hold", PAYLOAD,
                        transfer -> transfer.put("value", BigInteger.ONE.shiftLeft(256).toString())),
                transfer("a start that is no number", PAYLOAD, transfer -> transfer.put("validAfter", "now")),
                transfer("no end", PAYLOAD, transfer -> transfer.remove("validBefore")),
                transfer("a nonce too short", PAYLOAD, transfer -> transfer.put("nonce", "0x01")),
                transfer("a nonce that is a number", PAYLOAD, transfer -> transfer.put("nonce", 1)));
    }

    private static List<ForgedPayment> otherTerms() {
        return List.of(
                edited("a lower amount accepted", NO_MATCH, payment -> accepted(payment).put("amount", "1")),
                edited("another receiver accepted", NO_MATCH, payment -> accepted(payment).put("payTo", STRANGER)),
                edited("another token accepted", NO_MATCH, payment -> accepted(payment).put("asset", STRANGER)),
                edited("a longer timeout accepted", NO_MATCH,
                        payment -> accepted(payment).put("maxTimeoutSeconds", 301)),
                edited("another token name accepted", NO_MATCH, payment -> extra(payment).put("name", "USDC")),
                edited("another payment flow accepted", NO_MATCH,
                        payment -> extra(payment).put("paymentFlow", "authorization")),
                edited("no payment flow accepted", NO_MATCH, payment -> extra(payment).remove("paymentFlow")),
                edited("nothing extra accepted", NO_MATCH, payment -> accepted(payment).remove("extra")),
                edited("something else echoed than was said", "extension_echo_mismatch",
                        payment -> payment.putObject("extensions").putObject("payment-identifier").putObject("info")
                                .put("required", true)),
                edited("something echoed in part", "extension_echo_mismatch",
                        payment -> payment.putObject("extensions").putObject("bazaar").putObject("info")));
    }

    private static List<ForgedPayment> notSigned() {
        return List.of(
                signed("another's signature", SIGNATURE, quote -> quote.draft().signedBy(quote.others().wallet())),
                signed("another's money", SIGNATURE, quote -> quote.draft().from(quote.others().address())),
                signed("nobody's money", SIGNATURE, quote -> quote.draft().from("0x" + "0".repeat(40))),
                signed("the money of a contract that signs nothing", SIGNATURE,
                        quote -> quote.draft().from(quote.offer().requirements().asset())),
                signed("the money of a built-in contract", SIGNATURE,
                        quote -> quote.draft().from("0x" + "0".repeat(39) + "1")),
                edited("an endless signature", SIGNATURE,
                        payment -> payload(payment).put("signature", "0x" + "12".repeat(2_000))),
                transfer("a value changed afterwards", SIGNATURE, transfer -> transfer.put("value", "1")),
                transfer("a receiver changed afterwards", SIGNATURE, transfer -> transfer.put("to", STRANGER)),
                transfer("an end changed afterwards", SIGNATURE, transfer -> transfer.put("validBefore", "9999999999")),
                transfer("a nonce changed afterwards", SIGNATURE,
                        transfer -> transfer.put("nonce", "0x" + "11".repeat(32))),
                edited("the other signature of the same key", SIGNATURE, ForgedPayments::flip),
                edited("a recovery id of 0 or 1", SIGNATURE, ForgedPayments::bareRecoveryId),
                edited("64 bytes of signature", SIGNATURE,
                        payment -> signature(payment, right -> right.substring(0, 130))),
                edited("a signature of zeros", SIGNATURE,
                        payment -> payload(payment).put("signature", "0x" + "00".repeat(65))),
                edited("a wallet that is not deployed", "invalid_exact_evm_payload_undeployed_smart_wallet",
                        payment -> payload(payment).put("signature", "0x" + "00".repeat(96) + NOT_DEPLOYED)),
                signed("signed for another token name", SIGNATURE,
                        quote -> under(quote, "USDC", "2", quote.offer().requirements())),
                signed("signed for another token version", SIGNATURE,
                        quote -> under(quote, "USD Coin", "1", quote.offer().requirements())),
                signed("signed for another chain", SIGNATURE, quote -> quote.draft().signedUnder(otherChain(quote))),
                signed("signed for another token", SIGNATURE, quote -> quote.draft().signedUnder(otherToken(quote))));
    }

    private static List<ForgedPayment> signedForOtherTerms() {
        return List.of(
                signed("paid to somebody else", "invalid_exact_evm_recipient_mismatch",
                        quote -> quote.draft().to(STRANGER)),
                signed("paid too little", "invalid_exact_evm_payload_authorization_value_mismatch",
                        quote -> quote.draft().value(MachineRequest.PRICE_MICROS - 1)),
                signed("paid too much", "invalid_exact_evm_payload_authorization_value_mismatch",
                        quote -> quote.draft().value(MachineRequest.PRICE_MICROS + 1)),
                signed("expired", "invalid_exact_evm_payload_authorization_valid_before",
                        quote -> quote.draft().validBefore(quote.now().minus(Duration.ofMinutes(1)))),
                signed("about to expire", "invalid_exact_evm_payload_authorization_valid_before",
                        quote -> quote.draft().validBefore(quote.now().plus(Duration.ofSeconds(3)))),
                signed("not valid yet", "invalid_exact_evm_payload_authorization_valid_after",
                        quote -> quote.draft().validAfter(quote.now().plus(Duration.ofHours(1)))),
                signed("valid from the end of time on", "invalid_exact_evm_payload_authorization_valid_after",
                        quote -> quote.draft().validAfter(Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000))),
                signed("more than the payer has", "invalid_exact_evm_insufficient_balance",
                        quote -> Draft.of(quote.offer(), PENNILESS, quote.now())));
    }

    private static List<ForgedPayment> version1() {
        return List.of(
                v1("no base64", PAYLOAD, quote -> "please"),
                editedV1("no scheme", PAYLOAD, payment -> payment.remove("scheme")),
                editedV1("another scheme", SCHEME, payment -> payment.put("scheme", "upto")),
                editedV1("a chain by its name of version 2", NETWORK, payment -> payment.put("network", "eip155:8453")),
                editedV1("a chain nobody knows", NETWORK, payment -> payment.put("network", "polygon")),
                editedV1("no payload", PAYLOAD, payment -> payment.remove("payload")),
                signedV1("another's signature", SIGNATURE, quote -> quote.draftV1().signedBy(quote.others().wallet())),
                signedV1("paid to somebody else", "invalid_exact_evm_recipient_mismatch",
                        quote -> quote.draftV1().to(STRANGER)),
                signedV1("paid too little", "invalid_exact_evm_payload_authorization_value_mismatch",
                        quote -> quote.draftV1().value(1)),
                signedV1("expired", "invalid_exact_evm_payload_authorization_valid_before",
                        quote -> quote.draftV1().validBefore(quote.now().minus(Duration.ofMinutes(1)))));
    }

    private static ForgedPayment transfer(String name, String reason, Consumer<ObjectNode> edit) {
        return edited(name, reason, payment -> edit.accept((ObjectNode) payload(payment).get("authorization")));
    }

    private static ObjectNode accepted(ObjectNode payment) {
        return (ObjectNode) payment.get("accepted");
    }

    private static ObjectNode extra(ObjectNode payment) {
        return (ObjectNode) accepted(payment).get("extra");
    }

    private static ObjectNode payload(ObjectNode payment) {
        return (ObjectNode) payment.get("payload");
    }

    private static void signature(ObjectNode payment, UnaryOperator<String> change) {
        payload(payment).put("signature", change.apply(payload(payment).get("signature").textValue()));
    }

    /** For every signature (r, s) there is a second one, (r, -s), which tokens refuse. */
    private static void flip(ObjectNode payment) {
        signature(payment, right -> {
            byte[] bytes = Hex.bytes(right);
            BigInteger s = new BigInteger(right.substring(66, 130), 16);
            return right.substring(0, 66) + "%064x".formatted(CURVE_ORDER.subtract(s))
                    + (bytes[64] == 27 ? "1c" : "1b");
        });
    }

    private static void bareRecoveryId(ObjectNode payment) {
        signature(payment, right -> right.substring(0, 130) + (right.endsWith("1b") ? "00" : "01"));
    }

    private static Draft under(Quote quote, String name, String version, PaymentRequirements terms) {
        Map<String, String> extra = new HashMap<>(terms.extra());
        extra.put("name", name);
        extra.put("version", version);
        return quote.draft().signedUnder(new PaymentRequirements(terms.scheme(), terms.network(), terms.amount(),
                terms.asset(), terms.payTo(), terms.maxTimeoutSeconds(), extra));
    }

    private static PaymentRequirements otherChain(Quote quote) {
        PaymentRequirements terms = quote.offer().requirements();
        return new PaymentRequirements(terms.scheme(), Network.BASE_SEPOLIA, terms.amount(), terms.asset(),
                terms.payTo(),
                terms.maxTimeoutSeconds(), terms.extra());
    }

    private static PaymentRequirements otherToken(Quote quote) {
        PaymentRequirements terms = quote.offer().requirements();
        return new PaymentRequirements(terms.scheme(), terms.network(), terms.amount(), STRANGER, terms.payTo(),
                terms.maxTimeoutSeconds(), terms.extra());
    }
}
