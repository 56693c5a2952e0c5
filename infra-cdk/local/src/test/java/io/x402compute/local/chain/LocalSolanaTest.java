package io.x402compute.local.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.SolanaFacilitator;
import io.x402compute.x402.facilitator.SolanaTransfers;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.UsdcMint;
import io.x402compute.x402.solana.FeeLimits;
import io.x402compute.x402.solana.RpcSolanaChain;
import io.x402compute.x402.solana.SolanaTransactions;
import io.x402compute.x402.solana.SolanaWallet;
import io.x402compute.x402.solana.TokenAccounts;
import io.x402compute.x402.solana.TokenTransfer;

/** Our facilitator on a real Solana VM, with the token program that decides what a payment is. */
class LocalSolanaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long PRICE = 250_000;

    private static LocalSolana solana;

    private RpcSolanaChain chain;
    private PaymentRequirements offer;
    private SolanaFacilitator facilitator;
    private SolanaTransfers transfers;

    @BeforeAll
    static void start() {
        solana = LocalSolana.start(0);
    }

    @AfterAll
    static void stop() {
        solana.close();
    }

    @BeforeEach
    void sell() {
        solana.drop(0);
        String operator = solana.address(0);
        chain = new RpcSolanaChain(solana.rpcUrl(), Duration.ofSeconds(2), Duration.ofSeconds(10));
        offer = new PaymentRequirements(PaymentRequirements.EXACT, Network.SOLANA, new Usdc(PRICE),
                UsdcMint.SOLANA.asset(), operator, 60, Map.of(PaymentRequirements.FEE_PAYER, operator));
        facilitator = new SolanaFacilitator(chain, () -> solana.wallet(0), Network.SOLANA, FeeLimits.DEFAULT,
                Set.of(operator), Clock.systemUTC());
        transfers = new SolanaTransfers(chain, () -> solana.wallet(0));
    }

    @Test
    void agentsHaveAMillionDollars() {
        // The others pay in the other tests.
        for (int agent : new int[]{2, 5}) {
            assertThat(solana.balanceOf(solana.address(agent))).isEqualTo(1_000_000_000_000L);
            assertThat(solana.lamports(solana.address(agent))).isEqualTo(100_000_000_000L);
        }
        assertThat(solana.balanceOf(solana.address(8))).isZero();
    }

    @Test
    void aPaymentIsVerifiedAndSettledIntoAnAccountThatWeOpen() throws NodeUnavailable {
        Payment payment = payment(solana.wallet(1), "first");
        long before = solana.balanceOf(offer.payTo());
        assertThat(facilitator.verify(payment)).isEqualTo(new Verification.Verified(solana.address(1)));
        SettlementHandle handle = prepared(payment);
        assertThat(facilitator.settle(payment, handle, PATIENCE))
                .isEqualTo(new Settlement.Settled(handle.transaction()));
        assertThat(solana.balanceOf(offer.payTo()) - before).isEqualTo(PRICE);
        assertThat(facilitator.settle(payment, handle, PATIENCE))
                .isEqualTo(new Settlement.Settled(handle.transaction()));
        assertThat(solana.balanceOf(offer.payTo()) - before).isEqualTo(PRICE);
        assertThat(transfers.find(payment)).isEqualTo(new TransferEvidence.Moved(handle.transaction()));
        assertThat(facilitator.prepare(payment)).isInstanceOf(Preparation.Refused.class);
    }

    @Test
    void whoHasNoMoneyIsTurnedAway() throws NodeUnavailable {
        SolanaWallet poor = solana.wallet(7);
        solana.fund(poor.address(), PRICE - 1);
        assertThat(facilitator.verify(payment(poor, "poor"))).isInstanceOfSatisfying(Verification.Rejected.class,
                rejected -> {
                    assertThat(rejected.reason()).isEqualTo("invalid_exact_svm_transaction_simulation_failed");
                    assertThat(rejected.message()).contains("{\"InstructionError\":[2,{\"Custom\":1}]}");
                });
    }

    @Test
    void whatTheNetworkLosesIsSentUntilItIsThere() throws NodeUnavailable {
        Payment payment = payment(solana.wallet(3), "lossy");
        facilitator.verify(payment);
        SettlementHandle handle = prepared(payment);
        solana.drop(4);
        assertThat(facilitator.settle(payment, handle, PATIENCE))
                .isEqualTo(new Settlement.Settled(handle.transaction()));
    }

    @Test
    void aForgottenBlockhashProvesThatNothingMoved() throws NodeUnavailable {
        Payment payment = payment(solana.wallet(4), "late");
        facilitator.verify(payment);
        SettlementHandle handle = prepared(payment);
        assertThat(transfers.find(payment, handle)).isEqualTo(new TransferEvidence.NotMoved(true));
        solana.advance(Duration.ofMinutes(3));
        assertThat(facilitator.settle(payment, handle, PATIENCE)).isInstanceOf(Settlement.Refused.class);
        assertThat(transfers.find(payment, handle)).isEqualTo(new TransferEvidence.NotMoved(false));
        assertThat(solana.balanceOf(solana.address(4))).isEqualTo(LocalSolana.AGENT_MICROS);
    }

    private SettlementHandle prepared(Payment payment) {
        return ((Preparation.Prepared) facilitator.prepare(payment)).handle();
    }

    private Payment payment(SolanaWallet payer, String memo) throws NodeUnavailable {
        String mint = UsdcMint.SOLANA.asset();
        TokenTransfer transfer = new TokenTransfer(UsdcMint.PROGRAM,
                TokenAccounts.of(payer.address(), mint, UsdcMint.PROGRAM), mint,
                TokenAccounts.of(offer.payTo(), mint, UsdcMint.PROGRAM), payer.address(), BigInteger.valueOf(PRICE),
                UsdcMint.DECIMALS);
        var signed = SolanaTransactions.payment(solana.address(0), transfer, memo, chain.latestBlockhash())
                .signedBy(payer);
        return new Payment(new PaymentPayload(2, PaymentRequirements.EXACT, Network.SOLANA,
                new SchemePayload.Solana(signed), Optional.of(offer.toV2Json()), Optional.empty()), offer);
    }
}
