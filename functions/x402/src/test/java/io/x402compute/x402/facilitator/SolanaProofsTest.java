package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.facilitator.TransferProofs.Flaw;
import io.x402compute.x402.facilitator.TransferProofs.Proof;
import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.TransactionId;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;
import io.x402compute.x402.solana.FakeSolanaChain;
import io.x402compute.x402.solana.Programs;
import io.x402compute.x402.solana.SolanaTransaction;
import io.x402compute.x402.solana.SolanaTransactions;
import io.x402compute.x402.solana.Vectors;

/** Which transactions count as payments, and under which key. */
class SolanaProofsTest {
    private final SolanaBench bench = new SolanaBench(7);
    private final SolanaProofs proofs = new SolanaProofs(bench.chain);

    SolanaProofsTest() {
        bench.chain.fund(Vectors.PAY_TO, 0);
    }

    @Test
    void aTransferIsProvenUnderTheKeyOfItsMessage() {
        Payment payment = bench.payment();
        String transaction = settled(payment);

        assertThat(found(transaction)).isEqualTo(new Proof.Proven(payment.key(),
                new Wallet(Vectors.PAYER.address()), new Usdc(SolanaBench.PRICE),
                FakeSolanaChain.timeOf(bench.chain.block() - 2)));
    }

    @Test
    void aTransactionHasToBeConfirmedToCount() {
        Payment payment = bench.payment();
        String transaction = sent(payment);
        assertThat(found(transaction)).isEqualTo(new Proof.NotFound());
        bench.chain.advance(1);
        assertThat(found(transaction)).isEqualTo(new Proof.TooRecent());
        bench.chain.advance(2);
        assertThat(found(transaction)).isInstanceOf(Proof.Proven.class);
    }

    @Test
    void aTransferToSomebodyElseIsNone() {
        String transaction = settled(bench.payment());
        assertThat(found(transaction, offer(SolanaBench.OFFER.asset(), Vectors.FEE_PAYER.address())))
                .isEqualTo(new Proof.Flawed(Flaw.OTHER_RECIPIENT));
    }

    @Test
    void anotherTokensTransferIsNone() {
        String transaction = settled(bench.payment());
        String other = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
        assertThat(found(transaction, offer(other, Vectors.PAY_TO))).isEqualTo(new Proof.Flawed(Flaw.OTHER_TOKEN));
    }

    @Test
    void aFailedTransferIsNone() {
        bench.chain.fund(Vectors.PAYER.address(), 1);
        assertThat(found(settled(bench.payment()))).isEqualTo(new Proof.Flawed(Flaw.FAILED));
    }

    @Test
    void aTransactionOfAnotherSortIsNone() {
        SolanaTransaction opening = SolanaTransactions.openTokenAccount(
                Vectors.FEE_PAYER.address(), Vectors.PAYER.address(), SolanaBench.OFFER.asset(),
                Programs.TOKEN, bench.chain.newestBlockhash()).signedBy(Vectors.FEE_PAYER);
        send(opening);
        bench.chain.advance(3);
        assertThat(found(opening.id())).isEqualTo(new Proof.Flawed(Flaw.NO_PLAIN_TRANSFER));
    }

    @Test
    void aSilentNodeProvesNothing() {
        String transaction = settled(bench.payment());
        bench.chain.setUnreachable(true);
        assertThat(found(transaction)).isInstanceOf(Proof.Unreadable.class);
    }

    @Test
    void whatCanBeNoSignatureIsNoTransaction() {
        assertThat(TransactionId.of(Network.SOLANA_DEVNET, "0x" + "ab".repeat(32))).isEmpty();
        assertThat(TransactionId.of(Network.SOLANA_DEVNET, Vectors.PAY_TO)).isEmpty();
        assertThat(TransactionId.of(Network.SOLANA_DEVNET, Vectors.TRANSACTION_ID)).isPresent();
        assertThat(TransactionId.of(Network.BASE, Vectors.TRANSACTION_ID)).isEmpty();
    }

    private String settled(Payment payment) {
        String transaction = sent(payment);
        bench.chain.advance(3);
        return transaction;
    }

    private String sent(Payment payment) {
        SolanaTransaction transaction = ((SchemePayload.Solana) payment.payload().schemePayload()).payment()
                .transaction().signedBy(Vectors.FEE_PAYER);
        send(transaction);
        return transaction.id();
    }

    private void send(SolanaTransaction transaction) {
        try {
            bench.chain.send(transaction);
        } catch (NodeUnavailable e) {
            throw new AssertionError(e);
        }
    }

    private Proof found(String transaction) {
        return found(transaction, SolanaBench.OFFER);
    }

    private Proof found(String transaction, PaymentRequirements offer) {
        return proofs.find(TransactionId.of(Network.SOLANA_DEVNET, transaction).orElseThrow(), offer);
    }

    private static PaymentRequirements offer(String asset, String payTo) {
        return new PaymentRequirements(PaymentRequirements.EXACT, Network.SOLANA_DEVNET, Usdc.ZERO, asset, payTo, 60,
                SolanaBench.OFFER.extra());
    }
}
