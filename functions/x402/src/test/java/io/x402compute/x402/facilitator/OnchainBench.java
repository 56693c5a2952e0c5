package io.x402compute.x402.facilitator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.FakeChain;
import io.x402compute.x402.evm.SmartWalletFactories;
import io.x402compute.x402.evm.TokenDomain;
import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;

/** A funded payer, a settler, a chain in memory and a clock that moves only when somebody waits. */
final class OnchainBench {
    static final EvmWallet PAYER = EvmWallet.of(Vectors.KEY_A);
    static final EvmWallet SETTLER = EvmWallet.of(Vectors.KEY_B);
    /** In gwei: a hundred times what a transfer costs at the fake chain's first fees. */
    static final FeeCap CAP = FeeCap.ofGwei(60_000);
    static final String FACTORY = "0x0000000000000000000000000000000000facade";
    static final PaymentRequirements OFFER = Vectors.SEPOLIA_OFFER;

    final FakeChain chain;
    final TestClock clock = new TestClock(Instant.ofEpochSecond(Vectors.VALID_AFTER + 10));
    final AtomicLong nextNumber = new AtomicLong();
    Runnable whileWaiting = () -> {};
    final OnchainFacilitator facilitator;

    OnchainBench() {
        chain = new FakeChain(TokenDomain.of(OFFER).orElseThrow(), clock.instant());
        chain.token().mint(PAYER.address(), 1_000_000);
        facilitator = new OnchainFacilitator(chain, () -> SETTLER, this::next, Network.BASE_SEPOLIA, CAP,
                SmartWalletFactories.of(List.of(FACTORY)), clock,
                this::pause);
    }

    Payment payment() {
        return payment(OFFER);
    }

    Payment payment(PaymentRequirements offer) {
        return Vectors.payment(PAYER.authorize(Vectors.authorization(PAYER.address()), OFFER), offer);
    }

    SettlementHandle prepared() {
        return ((Preparation.Prepared) facilitator.prepare(payment())).handle();
    }

    private long next(String signer, long chainCount) {
        if (!signer.equals("eip155:84532/" + SETTLER.wallet().address())) {
            throw new AssertionError("not the settler: " + signer);
        }
        return nextNumber.updateAndGet(number -> Math.max(number, chainCount) + 1) - 1;
    }

    private void pause(Duration time) {
        clock.advance(time);
        whileWaiting.run();
    }

    static final class TestClock extends Clock {
        private Instant now;

        TestClock(Instant now) {
            this.now = now;
        }

        void advance(Duration time) {
            now = now.plus(time);
        }

        void set(Instant instant) {
            now = instant;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
