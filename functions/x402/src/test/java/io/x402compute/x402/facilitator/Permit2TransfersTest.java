package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.ContractCall;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.FakeChain;
import io.x402compute.x402.evm.Permit2Proxy;
import io.x402compute.x402.evm.Permits;
import io.x402compute.x402.evm.TokenDomain;
import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;

/** What proves that a permit has paid, and what does not. */
class Permit2TransfersTest {
    private static final EvmWallet PAYER = EvmWallet.of(Vectors.KEY_A);
    private static final Permit2Authorization PERMIT = Permits.permit(Vectors.ADDRESS_A);
    private static final String RELAY = "0x0000000000000000000000000000000000ae1a70";

    private final FakeChain chain = new FakeChain(TokenDomain.of(Vectors.SEPOLIA_OFFER).orElseThrow(),
            Instant.ofEpochSecond(Vectors.VALID_AFTER + 10));
    private final OnchainTransfers transfers = new OnchainTransfers(chain, 100, 10);

    @BeforeEach
    void fundThePayer() {
        chain.token().mint(PAYER.address(), 50_000);
        chain.token().approvePermit2(PAYER.address(), 50_000);
    }

    @Test
    void whatNobodyCarriedOutHasNotMovedAndStillMayUntilTheDeadlineIsOver() {
        assertThat(found()).isEqualTo(new TransferEvidence.NotMoved(true));
        chain.setTime(Instant.ofEpochSecond(Vectors.VALID_BEFORE));
        assertThat(found()).isEqualTo(new TransferEvidence.NotMoved(true));
        chain.setTime(Instant.ofEpochSecond(Vectors.VALID_BEFORE + 1));
        assertThat(found()).isEqualTo(new TransferEvidence.NotMoved(false));
    }

    @Test
    void aPaymentIsFoundWhoeverHasSentIt() {
        String transaction = chain.executeDirectly(settle(PERMIT));
        assertThat(found()).isEqualTo(new TransferEvidence.Moved(transaction));
        chain.setTime(Instant.ofEpochSecond(Vectors.VALID_BEFORE + 1_000));
        chain.skipBlocks(85);
        assertThat(found()).isEqualTo(new TransferEvidence.Moved(transaction));
    }

    @Test
    void aNonceThatWasGivenUpPaysNobody() {
        chain.spend(PERMIT);
        chain.skipBlocks(35);
        assertThat(found()).isEqualTo(new TransferEvidence.NotMoved(false));
    }

    /** Same payer, same payee, same amount, and its own nonce burnt beside it: the transfer is the other order's. */
    @Test
    void anotherPaymentOfTheSameAmountIsNotCountedForThisOne() {
        Permit2Authorization other = nonce(BigInteger.valueOf(7_000));
        String transaction = chain.executeDirectly(settle(other));
        chain.spend(PERMIT);

        assertThat(found()).isEqualTo(new TransferEvidence.NotMoved(false));
        assertThat(transfers.find(payment(other))).isEqualTo(new TransferEvidence.Moved(transaction));
    }

    @Test
    void anotherContractMayCarryItOutAndATraceShowsIt() {
        String transaction = chain.executeThrough(RELAY, List.of(settle(nonce(BigInteger.TWO)), settle(PERMIT)));
        assertThat(found()).isEqualTo(new TransferEvidence.Moved(transaction));
    }

    @Test
    void aTraceThatShowsOtherPermitsShowsThatThisOneHasNotPaid() {
        chain.executeThrough(RELAY, List.of(settle(nonce(BigInteger.TWO))));
        chain.spend(PERMIT);
        assertThat(found()).isEqualTo(new TransferEvidence.NotMoved(false));
    }

    @Test
    void withoutATraceItIsNotKnown() {
        chain.withoutTraces();
        chain.executeThrough(RELAY, List.of(settle(PERMIT)));
        assertThat(found()).isInstanceOf(TransferEvidence.Unreadable.class);
    }

    @Test
    void aUseTooLongAgoToFindIsNoProofThatNothingMoved() {
        chain.executeDirectly(settle(PERMIT));
        chain.skipBlocks(120);
        assertThat(found()).isInstanceOf(TransferEvidence.Unreadable.class);
    }

    @Test
    void aSilentNodeIsNoProofEither() {
        chain.setUnreachable(true);
        assertThat(found()).isInstanceOf(TransferEvidence.Unreadable.class);
    }

    private TransferEvidence found() {
        return transfers.find(payment(PERMIT));
    }

    private static Payment payment(Permit2Authorization permit) {
        return Permits.payment(signed(permit));
    }

    private static ContractCall settle(Permit2Authorization permit) {
        return Permit2Proxy.settle(signed(permit));
    }

    private static SchemePayload.Permit2 signed(Permit2Authorization permit) {
        return PAYER.authorize(permit, Network.BASE_SEPOLIA);
    }

    private static Permit2Authorization nonce(BigInteger nonce) {
        return new Permit2Authorization(PERMIT.from(), PERMIT.token(), PERMIT.amount(), PERMIT.spender(), nonce,
                PERMIT.deadline(), PERMIT.to(), PERMIT.validAfter());
    }
}
