package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.Eip3009Token;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.FakeChain;
import io.x402compute.x402.evm.FakeToken;
import io.x402compute.x402.evm.TokenDomain;
import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;

class OnchainTransfersTest {
    private static final EvmWallet PAYER = EvmWallet.of(Vectors.KEY_A);
    private static final Eip3009Authorization TRANSFER = Vectors.authorization(PAYER.address());
    private static final Payment PAYMENT = Vectors.payment(PAYER.authorize(TRANSFER, Vectors.SEPOLIA_OFFER),
            Vectors.SEPOLIA_OFFER);

    private final FakeChain chain = new FakeChain(TokenDomain.of(Vectors.SEPOLIA_OFFER).orElseThrow(),
            Instant.ofEpochSecond(Vectors.VALID_AFTER + 10));
    private final OnchainTransfers transfers = new OnchainTransfers(chain, 100, 10);

    @BeforeEach
    void fundThePayer() {
        chain.token().mint(PAYER.address(), 50_000);
    }

    @Test
    void whatNobodyBroadcastHasNotMovedAndStillMay() {
        assertThat(transfers.find(PAYMENT)).isEqualTo(new TransferEvidence.NotMoved(true));
    }

    @Test
    void onceExpiredOnTheChainsClockItNeverWill() {
        chain.setTime(Instant.ofEpochSecond(Vectors.VALID_BEFORE - 1));
        assertThat(transfers.find(PAYMENT)).isEqualTo(new TransferEvidence.NotMoved(true));
        chain.setTime(Instant.ofEpochSecond(Vectors.VALID_BEFORE));
        assertThat(transfers.find(PAYMENT)).isEqualTo(new TransferEvidence.NotMoved(false));
    }

    @Test
    void aTransferIsFoundWhoeverBroadcastIt() {
        String transaction = chain.execute(List.of(call(PAYMENT)));
        assertThat(transfers.find(PAYMENT)).isEqualTo(new TransferEvidence.Moved(transaction));
        chain.setTime(Instant.ofEpochSecond(Vectors.VALID_BEFORE + 1_000));
        chain.skipBlocks(85);
        assertThat(transfers.find(PAYMENT)).isEqualTo(new TransferEvidence.Moved(transaction));
    }

    @Test
    void aCancelledAuthorizationNeverMoves() {
        chain.execute(List.of(FakeToken.cancelCall(TRANSFER)));
        assertThat(transfers.find(PAYMENT)).isEqualTo(new TransferEvidence.NotMoved(false));
    }

    @Test
    void theSameNonceSpentOnAnotherReceiverIsNotThisTransfer() {
        chain.execute(List.of(call(signed(Vectors.ADDRESS_B, TRANSFER.nonce()))));
        assertThat(transfers.find(PAYMENT)).isEqualTo(new TransferEvidence.NotMoved(false));
    }

    @Test
    void anotherOrdersTransferInTheSameTransactionIsNotCountedForThisOne() {
        Payment otherOrder = signed(Vectors.PAYEE, "0x" + "77".repeat(32));
        String together = chain.execute(List.of(call(signed(Vectors.ADDRESS_B, TRANSFER.nonce())), call(otherOrder)));
        assertThat(transfers.find(PAYMENT)).isEqualTo(new TransferEvidence.NotMoved(false));
        assertThat(transfers.find(otherOrder)).isEqualTo(new TransferEvidence.Moved(together));
    }

    @Test
    void aUseTooLongAgoToFindIsNoProofThatNothingMoved() {
        chain.execute(List.of(call(PAYMENT)));
        chain.skipBlocks(101);
        assertThat(transfers.find(PAYMENT)).isInstanceOf(TransferEvidence.Unreadable.class);
    }

    @Test
    void aSilentNodeIsNoProofEither() {
        chain.setUnreachable(true);
        assertThat(transfers.find(PAYMENT)).isInstanceOf(TransferEvidence.Unreadable.class);
    }

    @Test
    void aTokenWithoutAuthorizationsCannotBeRead() {
        chain.token().withoutEip3009();
        assertThat(transfers.find(PAYMENT)).isInstanceOf(TransferEvidence.Unreadable.class);
    }

    @Test
    void theDomainIsComparedWithTheContracts() throws ChainUnavailable {
        assertThat(TokenDomain.of(Vectors.SEPOLIA_OFFER).orElseThrow().isOn(chain)).isTrue();
        assertThat(new TokenDomain("USD Coin", "2", 84532, Vectors.BASE_SEPOLIA_USDC).isOn(chain)).isFalse();
        assertThat(new TokenDomain("USDC", "2", 84532, Vectors.ADDRESS_B).isOn(chain)).isFalse();
    }

    private static Payment signed(String to, String nonce) {
        Eip3009Authorization transfer = new Eip3009Authorization(TRANSFER.from(), Hex.lowerCase(to),
                BigInteger.valueOf(10_000), TRANSFER.validAfter(), TRANSFER.validBefore(), nonce);
        return Vectors.payment(PAYER.authorize(transfer, Vectors.SEPOLIA_OFFER), Vectors.SEPOLIA_OFFER);
    }

    private static String call(Payment payment) {
        return switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009 signed -> Eip3009Token.transfer(signed);
            case SchemePayload.Upto other -> throw new AssertionError("not by EIP-3009");
            case SchemePayload.Permit2 other -> throw new AssertionError("not by EIP-3009");
            case SchemePayload.Solana elsewhere -> throw new AssertionError("not on Base");
        };
    }
}
