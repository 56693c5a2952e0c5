package io.x402compute.x402.solana;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

/** The published transaction, read, made and signed. */
class SpecificationVectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void keysHaveTheirAddresses() {
        assertThat(Vectors.PAYER.address()).isEqualTo("AKnL4NNf3DGWZJS6cPknBuEGnVsV4A4m5tgebLHaRSZ9");
        assertThat(Vectors.FEE_PAYER.address()).isEqualTo("9hSR6S7WPtxmTojgo6GG3k4yDPecgJY292j7xrsUGWBu");
        assertThat(Vectors.wallet(3).address()).isEqualTo(Vectors.PAY_TO);
    }

    @Test
    void ownersHaveTheirTokenAccounts() {
        assertThat(TokenAccounts.of(Vectors.PAYER.address(), Vectors.USDC, Programs.TOKEN))
                .isEqualTo(Vectors.PAYER_ACCOUNT);
        assertThat(TokenAccounts.of(Vectors.PAY_TO, Vectors.USDC, Programs.TOKEN)).isEqualTo(Vectors.PAY_TO_ACCOUNT);
    }

    @Test
    void messageIsReadInFull() {
        SolanaMessage message = Vectors.payment().transaction().message();
        assertThat(message.version()).isZero();
        assertThat(message.signers()).isEqualTo(2);
        assertThat(message.readOnlySigners()).isEqualTo(1);
        assertThat(message.readOnlyOthers()).isEqualTo(4);
        assertThat(message.accounts()).containsExactly(Vectors.FEE_PAYER.address(), Vectors.PAYER.address(),
                Vectors.PAY_TO_ACCOUNT, Vectors.PAYER_ACCOUNT, Vectors.USDC, Programs.COMPUTE_BUDGET, Programs.MEMO,
                Programs.TOKEN);
        assertThat(message.blockhash()).isEqualTo(Vectors.BLOCKHASH);
        assertThat(message.lookups()).isEmpty();
        assertThat(message.instructions()).extracting(call -> HEX.formatHex(call.data())).containsExactly("02204e0000",
                "030100000000000000", "0c102700000000000006", "6f726465722d30303031");
        assertThat(message.instructions().get(2).accounts()).containsExactly(3, 4, 2, 1);
        assertThat(message.instructions().get(3).accounts()).isEmpty();
    }

    @Test
    void paymentIsUnderstood() {
        TransferTransaction payment = Vectors.payment();
        assertThat(payment.budget()).isEqualTo(new ComputeBudget(20_000, BigInteger.ONE));
        assertThat(payment.transfer()).isEqualTo(Vectors.transfer());
        assertThat(payment.memos()).singleElement().isEqualTo("order-0001".getBytes(StandardCharsets.US_ASCII));
        assertThat(payment.payer()).isEqualTo(Vectors.PAYER.address());
        assertThat(payment.isSignedByPayer()).isTrue();
    }

    @Test
    void messageHasItsHash() {
        SolanaTransaction transaction = Vectors.payment().transaction();
        assertThat(transaction.messageBytes()).hasSize(345);
        assertThat(HEX.formatHex(transaction.messageHash())).isEqualTo(Vectors.MESSAGE_HASH);
    }

    @Test
    void theFeePayersSignatureNamesTheTransaction() {
        SolanaTransaction signed = Vectors.payment().transaction().signedBy(Vectors.FEE_PAYER);
        assertThat(signed.id()).isEqualTo(Vectors.TRANSACTION_ID);
        assertThat(signed.isSignedBy(0)).isTrue();
        assertThat(signed.messageHash()).isEqualTo(Vectors.payment().transaction().messageHash());
    }

    @Test
    void ourOwnPaymentIsTheReferenceClientsByteForByte() {
        TransferTransaction made = SolanaTransactions.payment(Vectors.FEE_PAYER.address(), Vectors.transfer(),
                Vectors.MEMO, Vectors.BLOCKHASH);
        assertThat(made.transaction().signedBy(Vectors.PAYER).toBytes()).isEqualTo(Vectors.wire());
    }
}
