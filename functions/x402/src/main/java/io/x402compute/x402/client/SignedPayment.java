package io.x402compute.x402.client;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.TransferTransaction;

/**
 * A payment that this client has signed. Until it has lapsed, whoever has it can make it happen, once.
 *
 * @param payload what is sent
 * @param signedAt when, by the client's clock
 */
public record SignedPayment(PaymentPayload payload, Instant signedAt) {
    /** A blockhash is forgotten after about a minute and a half, and by nodes that are behind each other after three. */
    private static final Duration LIFE_ON_SOLANA = Duration.ofMinutes(5);
    /** The chain's clock, which counts, may be behind ours. */
    private static final Duration CLOCK_SLACK = Duration.ofMinutes(1);
    private static final BigInteger FOR_EVER = BigInteger.valueOf(Instant.MAX.getEpochSecond() / 2);

    /** Its name in the journal. */
    public String id() {
        return Sha256.hex(payload.headerText().getBytes(StandardCharsets.US_ASCII));
    }

    public Usdc amount() {
        return new Usdc(switch (payload.schemePayload()) {
            case SchemePayload.Eip3009(Eip3009Authorization authorization, String signature) ->
                authorization.value().longValueExact();
            case SchemePayload.Permit2(Permit2Authorization permit, String signature) ->
                permit.amount().longValueExact();
            case SchemePayload.Upto(Permit2Authorization permit, String facilitator, String signature) ->
                permit.amount().longValueExact();
            case SchemePayload.Solana(TransferTransaction payment) -> payment.transfer().amount().longValueExact();
        });
    }

    /** From when on nobody can make it happen any more. It may have happened before. */
    public Instant lapsesAt() {
        return switch (payload.schemePayload()) {
            case SchemePayload.Eip3009(Eip3009Authorization authorization, String signature) ->
                Instant.ofEpochSecond(authorization.validBefore().min(FOR_EVER).longValueExact()).plus(CLOCK_SLACK);
            case SchemePayload.Permit2(Permit2Authorization permit, String signature) ->
                Instant.ofEpochSecond(permit.deadline().min(FOR_EVER).longValueExact()).plus(CLOCK_SLACK);
            case SchemePayload.Upto(Permit2Authorization permit, String facilitator, String signature) ->
                Instant.ofEpochSecond(permit.deadline().min(FOR_EVER).longValueExact()).plus(CLOCK_SLACK);
            case SchemePayload.Solana onSolana -> signedAt.plus(LIFE_ON_SOLANA);
        };
    }

    /** Without the signature, which is money. */
    @Override
    public String toString() {
        return "%s on %s, signed at %s".formatted(amount(), payload.network().caip2(), signedAt);
    }
}
