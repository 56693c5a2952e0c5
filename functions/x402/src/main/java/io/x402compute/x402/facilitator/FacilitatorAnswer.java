package io.x402compute.x402.facilitator;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;
import io.x402compute.x402.protocol.WireJson;

/**
 * What a remote facilitator said, judged by how far it can be believed: nothing it says is used before its form is checked,
 * and what it does not say clearly is "don't know".
 *
 * @param retryAfter how long it wants to be left alone, where it says so
 */
record FacilitatorAnswer(int status, ObjectNode json, Optional<Duration> retryAfter) implements FacilitatorReply {
    private static final int EVM_HASH_BYTES = 32;
    private static final Pattern SOLANA_ID = Pattern.compile("[1-9A-HJ-NP-Za-km-z]{64,88}");
    /** Reasons go into our own headers. */
    private static final Pattern PLAIN_TEXT = Pattern.compile("[\\x20-\\x7e]{1,128}");
    private static final int MAX_MESSAGE = 300;
    private static final int TOO_MANY_REQUESTS = 429;
    /** Too many requests, and whatever a gateway says when there is nobody behind it. */
    private static final Set<Integer> BUSY = Set.of(TOO_MANY_REQUESTS, 502, 503, 504);
    private static final String IS_VALID = "isValid";
    private static final String UNLISTED = "the facilitator does not list what it supports";
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** As the reference client waits: what it is told to, else 1, 2 and 4 seconds. A verdict is one with any status. */
    @Override
    public Optional<Duration> again(int asked) {
        if (!BUSY.contains(status) || flag(IS_VALID).isPresent()) {
            return Optional.empty();
        }
        Duration wait = retryAfter.orElse(Duration.ofSeconds(1L << (asked - 1)));
        return Optional.of(wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE);
    }

    Discovery discovery() {
        return isOk()
                ? SupportedKinds.of(json).<Discovery>map(kinds -> kinds).orElse(new Discovery.Failed(UNLISTED))
                : new Discovery.Failed("asked what it supports, the facilitator answered " + status);
    }

    Verification verification(Payment payment) {
        Optional<Boolean> valid = flag(IS_VALID);
        if (valid.isEmpty() || (valid.get() && !isOk())) {
            return new Verification.Unavailable("the facilitator answered " + status + " without a verdict");
        }
        return valid.get()
                ? new Verification.Verified(payment.payer())
                : new Verification.Rejected(reason("invalidReason", Reasons.UNEXPECTED_VERIFY_ERROR),
                        message("invalidMessage"));
    }

    Settlement settlement(Payment payment) {
        Optional<Boolean> success = flag("success");
        if (success.isEmpty()) {
            return new Settlement.Unknown(transaction(payment),
                    "the facilitator answered " + status + " without an outcome");
        }
        return success.get() ? claimedSuccess(payment) : claimedFailure(payment);
    }

    private Settlement claimedSuccess(Payment payment) {
        String transaction = transaction(payment);
        return isOk() && (!transaction.isEmpty() || payment.isFree()) && isAbout(payment) && isAmountOf(payment)
                ? new Settlement.Settled(transaction, payment.metered())
                : new Settlement.Unknown(transaction, "the facilitator's receipt is not one for this payment");
    }

    private Settlement claimedFailure(Payment payment) {
        String reason = reason("errorReason", Reasons.UNEXPECTED_SETTLE_ERROR);
        if (reason.equals(Reasons.SETTLEMENT_PENDING) || status >= 500 || status == TOO_MANY_REQUESTS) {
            return new Settlement.Unknown(transaction(payment), reason);
        }
        return new Settlement.Refused(reason, message("errorMessage"), transaction(payment));
    }

    private boolean isOk() {
        return status >= 200 && status < 300;
    }

    private boolean isAbout(Payment payment) {
        return WireJson.text(json, "network").flatMap(Network::named)
                .filter(payment.requirements().network()::equals).isPresent()
                && WireJson.text(json, "payer")
                        .map(payer -> Wallet.of(payer).equals(Wallet.of(payment.payer())))
                        .orElse(true);
    }

    /** How much was taken has to be said where it is not all that was signed. */
    private boolean isAmountOf(Payment payment) {
        return payment.metered().map(Usdc::atomicUnits)
                .map(amount -> WireJson.text(json, "amount").filter(amount::equals).isPresent()).orElse(true);
    }

    private Optional<Boolean> flag(String field) {
        return json.path(field).isBoolean() ? Optional.of(json.get(field).booleanValue()) : Optional.empty();
    }

    /** What names the transfer on the payment's chain, in its one form; empty where that is not told. */
    private String transaction(Payment payment) {
        Optional<String> stated = WireJson.text(json, "transaction");
        return (payment.requirements().network().isEvm()
                ? stated.filter(text -> Hex.isBytes(text, EVM_HASH_BYTES)).map(Hex::lowerCase)
                : stated.filter(text -> SOLANA_ID.matcher(text).matches())).orElse("");
    }

    private String reason(String field, String otherwise) {
        return WireJson.text(json, field).filter(text -> PLAIN_TEXT.matcher(text).matches()).orElse(otherwise);
    }

    private String message(String field) {
        String message = WireJson.text(json, field).orElse("");
        return message.substring(0, Math.min(message.length(), MAX_MESSAGE));
    }
}
