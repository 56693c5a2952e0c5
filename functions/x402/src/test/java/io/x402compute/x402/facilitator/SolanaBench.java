package io.x402compute.x402.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.UsdcMint;
import io.x402compute.x402.solana.FakeSolanaChain;
import io.x402compute.x402.solana.FeeLimits;
import io.x402compute.x402.solana.Programs;
import io.x402compute.x402.solana.SolanaTransactions;
import io.x402compute.x402.solana.SolanaWallet;
import io.x402compute.x402.solana.TokenAccounts;
import io.x402compute.x402.solana.TokenTransfer;
import io.x402compute.x402.solana.TransferTransaction;
import io.x402compute.x402.solana.Vectors;

/** A funded payer, a fee payer, a chain in memory and a clock that moves only when somebody waits: a block every 400 ms. */
final class SolanaBench {
    static final long PRICE = 10_000;
    static final Duration BLOCK_TIME = Duration.ofMillis(400);
    static final PaymentRequirements OFFER = new PaymentRequirements(PaymentRequirements.EXACT, Network.SOLANA_DEVNET,
            new Usdc(PRICE), UsdcMint.SOLANA_DEVNET.asset(), Vectors.PAY_TO, 60,
            Map.of(PaymentRequirements.FEE_PAYER, Vectors.FEE_PAYER.address()));

    final FakeSolanaChain chain;
    final OnchainBench.TestClock clock = new OnchainBench.TestClock(Instant.ofEpochSecond(1_790_000_000));
    final SolanaFacilitator facilitator;
    final SolanaTransfers transfers;
    private int payments;

    SolanaBench(long seed) {
        chain = new FakeSolanaChain(OFFER.asset(), Programs.TOKEN, new Random(seed));
        chain.fund(Vectors.PAYER.address(), 1_000_000_000);
        chain.airdrop(Vectors.FEE_PAYER.address(), 1_000_000_000_000L);
        facilitator = new SolanaFacilitator(chain, () -> Vectors.FEE_PAYER, Network.SOLANA_DEVNET, FeeLimits.DEFAULT,
                Set.of(Vectors.PAY_TO), clock, this::pause);
        transfers = new SolanaTransfers(chain, () -> Vectors.FEE_PAYER);
    }

    /** Every payment is another. */
    Payment payment() {
        payments++;
        return payment(Vectors.PAYER, "payment " + payments, OFFER);
    }

    Payment payment(SolanaWallet payer, String memo, PaymentRequirements offer) {
        TokenTransfer transfer = new TokenTransfer(Programs.TOKEN,
                TokenAccounts.of(payer.address(), OFFER.asset(), Programs.TOKEN), OFFER.asset(),
                TokenAccounts.of(OFFER.payTo(), OFFER.asset(), Programs.TOKEN), payer.address(),
                BigInteger.valueOf(PRICE), 6);
        TransferTransaction unsigned = SolanaTransactions.payment(Vectors.FEE_PAYER.address(), transfer, memo,
                chain.newestBlockhash());
        return payment(unsigned.signedBy(payer), offer);
    }

    static Payment payment(TransferTransaction signed, PaymentRequirements offer) {
        return new Payment(new PaymentPayload(2, PaymentRequirements.EXACT, Network.SOLANA_DEVNET,
                new SchemePayload.Solana(signed), Optional.of(offer.toV2Json()), Optional.empty()), offer);
    }

    SettlementHandle prepared(Payment payment) {
        return ((Preparation.Prepared) facilitator.prepare(payment)).handle();
    }

    void pause(Duration time) {
        clock.advance(time);
        chain.advance((int) time.dividedBy(BLOCK_TIME));
    }
}
