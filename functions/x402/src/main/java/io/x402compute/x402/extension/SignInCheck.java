package io.x402compute.x402.extension;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Predicate;

import io.x402compute.x402.evm.EthereumSignedMessage;
import io.x402compute.x402.protocol.Wallet;
import io.x402compute.x402.solana.Base58;
import io.x402compute.x402.solana.Ed25519;

/**
 * Whether a proof is one for this seller, now, by the wallet that it names; in the order of the reference server. Only plain keys sign
 * in: a contract wallet would have to be asked on its chain. Whether the nonce was used before is for the seller to see to.
 */
public final class SignInCheck {
    /** How long after it was issued a message is good for. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    private static final int PUBLIC_KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    private final Clock clock;

    public SignInCheck(Clock clock) {
        this.clock = clock;
    }

    /** Whose proof it is. */
    public sealed interface Outcome {

        /**
         * The wallet's own.
         *
         * @param wallet in its one spelling
         */
        record SignedIn(Wallet wallet) implements Outcome {}

        /** Nobody's that could be told. */
        record Refused(SignInReason reason) implements Outcome {}
    }

    /**
     * Checks a proof.
     *
     * @param origin the seller's own: never what the request says it is
     */
    public Outcome check(SignInProof proof, SignInOrigin origin) {
        return misplaced(proof.message(), origin).or(() -> untimely(proof.message()))
                .<Outcome>map(Outcome.Refused::new)
                .orElseGet(() -> signer(proof));
    }

    private static Optional<SignInReason> misplaced(SignInMessage message, SignInOrigin origin) {
        if (!message.domain().equals(origin.host())) {
            return Optional.of(SignInReason.DOMAIN_MISMATCH);
        }
        return SignInOrigin.of(message.uri()).filter(origin::equals).isPresent()
                ? Optional.empty()
                : Optional.of(SignInReason.URI_MISMATCH);
    }

    private Optional<SignInReason> untimely(SignInMessage message) {
        Instant now = clock.instant();
        return judge(message.issuedAt(), SignInReason.ISSUED_AT, at -> at.isBefore(now.minus(WINDOW)),
                SignInReason.ISSUED_AT_TOO_OLD)
                .or(() -> judge(message.issuedAt(), SignInReason.ISSUED_AT, at -> at.isAfter(now),
                        SignInReason.ISSUED_AT_IN_FUTURE))
                .or(() -> message.expirationTime().flatMap(end -> judge(end, SignInReason.EXPIRATION_TIME,
                        at -> at.isBefore(now), SignInReason.EXPIRED)))
                .or(() -> message.notBefore().flatMap(begin -> judge(begin, SignInReason.NOT_BEFORE,
                        at -> at.isAfter(now), SignInReason.NOT_YET_VALID)));
    }

    private static Optional<SignInReason> judge(String text, SignInReason unreadable, Predicate<Instant> isWrong,
            SignInReason wrong) {
        Instant time;
        try {
            time = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException noTime) {
            return Optional.of(unreadable);
        }
        return isWrong.test(time) ? Optional.of(wrong) : Optional.empty();
    }

    private static Outcome signer(SignInProof proof) {
        Optional<SignInChain.Kind> kind = SignInChain.Kind.of(proof.chainId());
        if (kind.isEmpty()) {
            return new Outcome.Refused(SignInReason.UNSUPPORTED_CHAIN);
        }
        Optional<SignInChain> chain = SignInChain.of(proof.chainId());
        if (chain.isEmpty()) {
            return new Outcome.Refused(SignInReason.CHAIN_ID);
        }
        String text = proof.message().text(chain.get(), proof.address());
        return switch (kind.get()) {
            case ETHEREUM -> ethereum(proof, text);
            case SOLANA -> solana(proof, text);
        };
    }

    private static Outcome ethereum(SignInProof proof, String text) {
        return Wallet.of(proof.address()).filter(
                named -> EthereumSignedMessage.recover(text, proof.signature()).filter(named::equals).isPresent())
                .<Outcome>map(Outcome.SignedIn::new)
                .orElseGet(() -> new Outcome.Refused(SignInReason.SIGNATURE));
    }

    private static Outcome solana(SignInProof proof, String text) {
        Optional<byte[]> key = Base58.decode(proof.address()).filter(bytes -> bytes.length == PUBLIC_KEY_BYTES);
        Optional<byte[]> signature = Base58.decode(proof.signature()).filter(bytes -> bytes.length == SIGNATURE_BYTES);
        if (key.isEmpty() || signature.isEmpty()) {
            return new Outcome.Refused(SignInReason.MALFORMED_SIGNATURE);
        }
        return Ed25519.verify(key.get(), text.getBytes(StandardCharsets.UTF_8), signature.get())
                ? new Outcome.SignedIn(new Wallet(proof.address()))
                : new Outcome.Refused(SignInReason.SIGNATURE);
    }
}
