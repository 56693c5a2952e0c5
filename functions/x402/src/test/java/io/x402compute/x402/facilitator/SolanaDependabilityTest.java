package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.FakeSolanaChain;
import io.x402compute.x402.solana.Vectors;

/** A thousand payments over a network that loses, delays and forgets. */
class SolanaDependabilityTest {
    private static final int PAYMENTS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration RESUMED_EVERY = Duration.ofMinutes(1);

    private final Random random = new Random(7);
    private final SolanaBench bench = new SolanaBench(11);

    @BeforeEach
    void openTheReceiversAccount() {
        bench.chain.fund(Vectors.PAY_TO, 0);
    }

    @Test
    void whateverTheNetworkLosesWhatCanStillLandLandsAndOnce() {
        bench.chain.drop(0.6);
        bench.chain.delay(20);
        bench.chain.silence(0.05);
        int landed = 0;
        for (int i = 0; i < PAYMENTS; i++) {
            Payment payment = bench.payment();
            // Up to 20 seconds before the end of its minute, and at times after it.
            boolean alive = random.nextInt(10) < 8;
            bench.chain.advance(alive
                    ? random.nextInt(FakeSolanaChain.BLOCKHASH_LIFE - 50)
                    : FakeSolanaChain.BLOCKHASH_LIFE + random.nextInt(20));
            boolean moved = paid(payment);
            assertThat(moved).as("payment %s, alive %s", i, alive).isEqualTo(alive);
            landed += moved ? 1 : 0;
        }
        assertThat(landed).isGreaterThan(PAYMENTS / 2);
        assertThat(bench.chain.balance(Vectors.PAY_TO)).isEqualTo(landed * SolanaBench.PRICE);
    }

    @Test
    void whatIsCalledExpiredNeverLandsAfterwards() {
        bench.chain.drop(0.97);
        bench.chain.delay(140);
        int expired = 0;
        for (int i = 0; i < PAYMENTS / 4; i++) {
            Payment payment = bench.payment();
            bench.chain.advance(random.nextInt(FakeSolanaChain.BLOCKHASH_LIFE - 1));
            expired += paid(payment) ? 0 : 1;
        }
        long received = bench.chain.balance(Vectors.PAY_TO);
        bench.chain.advance(1_000);
        assertThat(expired).isPositive();
        assertThat(received).isEqualTo((PAYMENTS / 4 - expired) * SolanaBench.PRICE);
        assertThat(bench.chain.balance(Vectors.PAY_TO)).isEqualTo(received);
    }

    /** As an order does it: settled in its request, and resumed every minute until the chain has proved one or the other. */
    private boolean paid(Payment payment) {
        SettlementHandle handle = null;
        while (handle == null) {
            switch (bench.facilitator.prepare(payment)) {
                case Preparation.Prepared(SettlementHandle prepared) -> handle = prepared;
                case Preparation.Refused refused -> {
                    return false;
                }
                case Preparation.Unavailable unavailable -> bench.pause(SolanaBench.BLOCK_TIME);
            }
        }
        Settlement settlement = bench.facilitator.settle(payment, handle, PATIENCE);
        while (settlement instanceof Settlement.Unknown) {
            bench.pause(RESUMED_EVERY.minus(PATIENCE));
            settlement = switch (bench.transfers.find(payment, handle)) {
                case TransferEvidence.Moved(String transaction, Optional<Usdc> metered) ->
                    new Settlement.Settled(transaction, metered);
                case TransferEvidence.NotMoved(boolean stillPossible) when !stillPossible ->
                    new Settlement.Refused("payment_expired", "", "");
                case TransferEvidence.NotMoved open -> bench.facilitator.settle(payment, handle, PATIENCE);
                case TransferEvidence.Unreadable(String why) -> new Settlement.Unknown("", why);
            };
        }
        boolean settled = settlement instanceof Settlement.Settled;
        assertThat(settled).isEqualTo(bench.chain.hasLanded(handle.transaction()));
        return settled;
    }
}
