package io.x402compute.x402.client;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.UsdcToken;

/** Pays by authorizing a transfer of USDC, which the seller carries out. */
final class EvmPayer implements Payer {
    private static final int NONCE_BYTES = 32;
    /** Version 1 facilitators compare with a clock that may be behind ours. */
    private static final Duration V1_CLOCK_SLACK = Duration.ofMinutes(10);
    private static final int ADDRESS_BYTES = 20;

    private final EvmWallet wallet;
    private final Clock clock;
    private final RandomGenerator random;

    EvmPayer(EvmWallet wallet, Clock clock, RandomGenerator random) {
        this.wallet = wallet;
        this.clock = clock;
        this.random = random;
    }

    /** Only USDC itself: the owner's limit is in USDC, and an unknown token may be worth anything. */
    @Override
    public boolean canPay(ReceivedOffer offer) {
        PaymentRequirements terms = offer.requirements();
        JsonNode extra = offer.asSent().path("extra");
        return UsdcToken.on(terms.network()).filter(usdc -> usdc.asset().equalsIgnoreCase(terms.asset())).isPresent()
                && Hex.isBytes(terms.payTo(), ADDRESS_BYTES)
                && terms.extra().containsKey("name")
                && terms.extra().containsKey("version")
                && extra.path("assetTransferMethod").asText("eip3009").equals("eip3009");
    }

    @Override
    public SchemePayload sign(ReceivedOffer offer) {
        PaymentRequirements terms = offer.requirements();
        return wallet.authorize(authorization(offer.version(), terms), terms);
    }

    private Eip3009Authorization authorization(int version, PaymentRequirements terms) {
        long now = clock.instant().getEpochSecond();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return new Eip3009Authorization(wallet.wallet().address(), Hex.lowerCase(terms.payTo()),
                BigInteger.valueOf(terms.amount().micros()),
                BigInteger.valueOf(version == 1 ? now - V1_CLOCK_SLACK.toSeconds() : 0),
                BigInteger.valueOf(now + terms.maxTimeoutSeconds()), Hex.of(nonce));
    }
}
