package io.x402compute.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.x402.extension.SignInChallenge;
import io.x402compute.x402.extension.SignInCheck;
import io.x402compute.x402.extension.SignInMessage;
import io.x402compute.x402.extension.SignInOrigin;
import io.x402compute.x402.extension.SignInProof;
import io.x402compute.x402.extension.SignInReason;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.Wallet;

/**
 * Finds out which wallet has signed in for a request ({@code sign-in-with-x}). Whatever is wrong with a proof is 401, and comes with
 * what is to be signed instead.
 */
final class SignIns {
    private static final int NONCE_BYTES = 16;
    /** Accounts are the same on every chain of their kind. */
    private static final List<Network> NETWORKS = List.of(Network.BASE, Network.SOLANA);
    /** Longer than a message is good for; the rest covers rounding to seconds. */
    private static final Duration REMEMBERED = SignInCheck.WINDOW.plusSeconds(60);
    /** Keeps these nonces apart from those of signed requests, which have no colon. */
    private static final String NONCE_PREFIX = "siwx:";

    private final Nonces nonces;
    private final SignInCheck check;
    private final Clock clock;

    SignIns(Nonces nonces, Clock clock) {
        this.nonces = nonces;
        this.check = new SignInCheck(clock);
        this.clock = clock;
    }

    /** The proof that a request comes with, not even read. */
    static Optional<String> presented(ApiRequest request) {
        return request.header(SignInProof.HEADER);
    }

    /** The name of a proof that was found to hold, which no other of its wallet has. */
    static Optional<String> nonce(ApiRequest request) {
        return presented(request).flatMap(SignInProof::decode).map(proof -> NONCE_PREFIX + proof.message().nonce());
    }

    /**
     * The wallet whose proof this is, which is used up with it.
     *
     * @throws ApiException 401 {@code invalid_auth} for what is no proof, {@code invalid_siwx_…} for one that does not hold
     */
    Wallet checked(String presented, ApiRequest request) {
        SignInProof proof = SignInProof.decode(presented)
                .orElseThrow(() -> challenging(SignedRequest.invalid(SignInProof.HEADER + " is malformed"), request));
        return switch (check.check(proof, origin(request))) {
            case SignInCheck.Outcome.SignedIn(Wallet wallet) -> once(wallet, proof, request);
            case SignInCheck.Outcome.Refused(SignInReason reason) -> throw refused(reason, request);
        };
    }

    /** After the signature: nobody may use up a nonce of somebody else. */
    private Wallet once(Wallet wallet, SignInProof proof, ApiRequest request) {
        Instant now = clock.instant();
        if (!nonces.burn(wallet, NONCE_PREFIX + proof.message().nonce(), now, now.plus(REMEMBERED))) {
            throw refused(SignInReason.NONCE, request);
        }
        return wallet;
    }

    private ApiException refused(SignInReason reason, ApiRequest request) {
        return challenging(ApiException.unauthorized(reason.code(), reason.message()), request);
    }

    /** The same refusal with what a wallet can sign to be let in. */
    ApiException challenging(ApiException refusal, ApiRequest request) {
        // From a source made here: one that is older than the snapshot would give the same wherever it is restored.
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        Instant now = clock.instant();
        SignInMessage message = new SignInMessage(origin(request).host(), Optional.of("Sign in to x402Compute"),
                request.sent().url(), HexFormat.of().formatHex(nonce), now.toString(),
                Optional.of(now.plus(SignInCheck.WINDOW).toString()), Optional.empty(), Optional.empty(),
                List.of(request.sent().url()));
        return refusal.withHeader(PaymentHeaders.PAYMENT_REQUIRED,
                SignInChallenge.header(message, NETWORKS, refusal.getMessage()));
    }

    /** Of the address that callers are to use: the operator's, or the one that the gateway serves this API under. */
    private static SignInOrigin origin(ApiRequest request) {
        return SignInOrigin.of(request.baseUrl())
                .orElseThrow(() -> new IllegalStateException("the address of this API has no host"));
    }
}
