package io.x402compute.x402.solana;

import static io.x402compute.x402.solana.Payments.LIGHTHOUSE;
import static io.x402compute.x402.solana.Payments.LIMIT;
import static io.x402compute.x402.solana.Payments.MEMO;
import static io.x402compute.x402.solana.Payments.PRICE;
import static io.x402compute.x402.solana.Payments.TRANSFER;
import static io.x402compute.x402.solana.Payments.account;
import static io.x402compute.x402.solana.Payments.call;
import static io.x402compute.x402.solana.Payments.limit;
import static io.x402compute.x402.solana.Payments.memo;
import static io.x402compute.x402.solana.Payments.price;
import static io.x402compute.x402.solana.Payments.transfer;
import static io.x402compute.x402.solana.Payments.transferOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.p2p.solanaj.core.AccountMeta;
import org.p2p.solanaj.core.PublicKey;
import org.p2p.solanaj.core.TransactionInstruction;

class ExactSvmTermsTest {
    private static final String PAYER = Vectors.PAYER.address();
    private static final String FEE_PAYER = Vectors.FEE_PAYER.address();
    private static final String STRANGER = Vectors.wallet(9).address();

    private final ExactSvmTerms terms = new ExactSvmTerms(FeeLimits.DEFAULT);

    @Test
    void thePublishedPaymentHolds() {
        assertThat(terms.check(Vectors.payment(), Vectors.terms())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void whatWalletsMakeOfAPaymentHolds(SolanaTransaction transaction, TransferTerms asked) {
        assertThat(terms.check(Vectors.read(transaction.toBytes()), asked)).isEmpty();
    }

    static Stream<Arguments> whatWalletsMakeOfAPaymentHolds() {
        TransferTerms withoutMemo = withoutMemo();
        String account2022 = TokenAccounts.of(Vectors.PAY_TO, Vectors.USDC, Programs.TOKEN_2022);
        return Stream.of(
                arguments(Payments.of(LIMIT, PRICE, TRANSFER), withoutMemo),
                // As agents of the marketplace that this one is compatible with make it
                arguments(Payments.of(limit(200_000), price(1_000), TRANSFER), withoutMemo),
                arguments(Payments.of(limit(400_000), price(50_000), TRANSFER), withoutMemo),
                // Phantom's and Solflare's assertions, before and after the memo
                arguments(Payments.of(LIMIT, PRICE, TRANSFER, LIGHTHOUSE, LIGHTHOUSE, LIGHTHOUSE, MEMO),
                        Vectors.terms()),
                arguments(Payments.of(LIMIT, PRICE, TRANSFER, MEMO, LIGHTHOUSE), Vectors.terms()),
                arguments(Payments.of(LIMIT, PRICE, TRANSFER, memo("any"), memo("number")), withoutMemo),
                arguments(Payments.legacy(Payments.of(LIMIT, PRICE, TRANSFER, MEMO)), Vectors.terms()),
                arguments(Payments.of(LIMIT, PRICE,
                        transfer(transferOf(Programs.TOKEN_2022, Vectors.USDC, account2022, PAYER, Vectors.AMOUNT))),
                        withoutMemo));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoPaymentIsNotEvenRead(byte[] transaction, String reason) {
        assertThat(TransferTransaction.read(transaction)).isInstanceOfSatisfying(
                TransferTransaction.Reading.Refused.class,
                refused -> assertThat(refused.refusal().reason()).isEqualTo("invalid_exact_svm_" + reason));
    }

    static Stream<Arguments> whatIsNoPaymentIsNotEvenRead() {
        TransactionInstruction stranger = call(STRANGER, "00");
        String transaction = "payload_transaction";
        String limit = transaction + "_instructions_compute_limit_instruction";
        String price = transaction + "_instructions_compute_price_instruction";
        String noTransfer = "payload_no_transfer_instruction";
        return Stream.of(
                arguments(new byte[0], transaction + "_could_not_be_decoded"),
                arguments(Arrays.copyOf(Vectors.wire(), 473), transaction + "_could_not_be_decoded"),
                arguments(Payments.withLookup(Payments.of(LIMIT, PRICE, TRANSFER)),
                        "smart_wallet_alt_resolution_not_available"),
                shaped(transaction + "_instructions_length", LIMIT, PRICE),
                shaped(transaction + "_instructions_length", LIMIT, PRICE, TRANSFER, MEMO, MEMO, MEMO, MEMO, MEMO),
                // The unit limit
                shaped(limit, PRICE, LIMIT, TRANSFER),
                shaped(limit, TRANSFER, LIMIT, PRICE),
                shaped(limit, call(Programs.COMPUTE_BUDGET, "02204e00"), PRICE, TRANSFER),
                shaped(limit, call(Programs.COMPUTE_BUDGET, "02204e000000"), PRICE, TRANSFER),
                shaped(limit, call(Programs.COMPUTE_BUDGET, ""), PRICE, TRANSFER),
                shaped(limit, call(STRANGER, "02204e0000"), PRICE, TRANSFER),
                // The unit price
                shaped(price, LIMIT, LIMIT, TRANSFER),
                shaped(price, LIMIT, TRANSFER, PRICE),
                shaped(price, LIMIT, call(Programs.COMPUTE_BUDGET, "0301000000000000"), TRANSFER),
                shaped(price, LIMIT, call(Programs.COMPUTE_BUDGET, "03010000000000000000"), TRANSFER),
                // The transfer
                shaped(noTransfer, LIMIT, PRICE, MEMO, TRANSFER),
                shaped(noTransfer, LIMIT, PRICE, tokenCall("0c1027000000000000")),
                shaped(noTransfer, LIMIT, PRICE, tokenCall("0c102700000000000006" + "00")),
                // Approve, and the transfer that does not name its token
                shaped(noTransfer, LIMIT, PRICE, tokenCall("0d102700000000000006")),
                shaped(noTransfer, LIMIT, PRICE, tokenCall("031027000000000000")),
                shaped(noTransfer, LIMIT, PRICE, call(Programs.TOKEN, "0c102700000000000006",
                        TRANSFER.getKeys().subList(0, 3).toArray(AccountMeta[]::new))),
                shaped(noTransfer, LIMIT, PRICE, call(STRANGER, "0c102700000000000006",
                        TRANSFER.getKeys().toArray(AccountMeta[]::new))),
                // What comes after it
                shaped("payload_unknown_fourth_instruction", LIMIT, PRICE, TRANSFER, TRANSFER),
                shaped("payload_unknown_fourth_instruction", LIMIT, PRICE, TRANSFER, LIMIT),
                shaped("payload_unknown_fifth_instruction", LIMIT, PRICE, TRANSFER, MEMO, stranger),
                shaped("payload_unknown_sixth_instruction", LIMIT, PRICE, TRANSFER, MEMO, LIGHTHOUSE, stranger),
                shaped("payload_unknown_seventh_instruction", LIMIT, PRICE, TRANSFER, MEMO, MEMO, MEMO, stranger));
    }

    @ParameterizedTest
    @MethodSource
    void aPaymentOnOtherTermsIsRefused(SolanaTransaction transaction, TransferTerms asked, String reason) {
        assertThat(reason(transaction, asked)).contains("invalid_exact_svm_" + reason);
    }

    static Stream<Arguments> aPaymentOnOtherTermsIsRefused() {
        TransferTerms asked = withoutMemo();
        String otherAccount = TokenAccounts.of(STRANGER, Vectors.USDC, Programs.TOKEN);
        String account2022 = TokenAccounts.of(Vectors.PAY_TO, Vectors.USDC, Programs.TOKEN_2022);
        return Stream.of(
                // Who signs
                arguments(Payments.of(LIMIT, PRICE, TRANSFER, call(Programs.LIGHTHOUSE, "00",
                        new AccountMeta(new PublicKey(STRANGER), true, false))), asked, "payload_excessive_signers"),
                arguments(Payments.of(STRANGER, LIMIT, PRICE, TRANSFER), asked, "fee_payer_mismatch"),
                arguments(Payments.of(PAYER, LIMIT, PRICE, TRANSFER), asked, "fee_payer_mismatch"),
                arguments(Payments.of(LIMIT, PRICE, transfer(
                        transferOf(Programs.TOKEN, Vectors.USDC, Vectors.PAY_TO_ACCOUNT, FEE_PAYER, Vectors.AMOUNT))),
                        asked, "payload_transaction_fee_payer_transferring_funds"),
                arguments(Payments.of(LIMIT, PRICE, TRANSFER).signedBy(Vectors.FEE_PAYER), other(asked, STRANGER),
                        "fee_payer_mismatch"),
                arguments(Payments.of(LIMIT, PRICE, transfer(
                        transferOf(Programs.TOKEN, Vectors.USDC, Vectors.PAY_TO_ACCOUNT, STRANGER, Vectors.AMOUNT))),
                        asked, "payload_signature_invalid"),
                arguments(Payments.of(LIMIT, PRICE, unsignedTransfer()), asked, "payload_signature_invalid"),
                // The transfer
                arguments(Payments.of(LIMIT, PRICE, transfer(
                        transferOf(Programs.TOKEN, STRANGER, Vectors.PAY_TO_ACCOUNT, PAYER, Vectors.AMOUNT))), asked,
                        "payload_mint_mismatch"),
                arguments(Payments.of(LIMIT, PRICE, transfer(
                        transferOf(Programs.TOKEN, Vectors.USDC, otherAccount, PAYER, Vectors.AMOUNT))), asked,
                        "payload_recipient_mismatch"),
                arguments(Payments.of(LIMIT, PRICE, transfer(
                        transferOf(Programs.TOKEN, Vectors.USDC, Vectors.PAY_TO, PAYER, Vectors.AMOUNT))), asked,
                        "payload_recipient_mismatch"),
                // The account of the other token program, and the other way round
                arguments(Payments.of(LIMIT, PRICE, transfer(
                        transferOf(Programs.TOKEN, Vectors.USDC, account2022, PAYER, Vectors.AMOUNT))), asked,
                        "payload_recipient_mismatch"),
                arguments(Payments.of(LIMIT, PRICE, transfer(transferOf(Programs.TOKEN_2022, Vectors.USDC,
                        Vectors.PAY_TO_ACCOUNT, PAYER, Vectors.AMOUNT))), asked, "payload_recipient_mismatch"),
                arguments(Payments.of(LIMIT, PRICE, TRANSFER),
                        new TransferTerms(Vectors.USDC, "no address", Vectors.AMOUNT, FEE_PAYER, Optional.empty()),
                        "payload_recipient_mismatch"),
                arguments(paying(Vectors.AMOUNT - 1), asked, "payload_amount_mismatch"),
                arguments(paying(Vectors.AMOUNT + 1), asked, "payload_amount_mismatch"),
                arguments(paying(-1), asked, "payload_amount_mismatch"),
                // The fee payer's account in somebody's hands
                arguments(Payments.of(LIMIT, PRICE, TRANSFER, call(Programs.LIGHTHOUSE, "00",
                        account(FEE_PAYER, false))), asked,
                        "payload_transaction_fee_payer_included_in_instruction_accounts"),
                arguments(Payments.of(LIMIT, PRICE, TRANSFER, call(Programs.MEMO, "00",
                        new AccountMeta(new PublicKey(FEE_PAYER), true, true))), asked,
                        "payload_transaction_fee_payer_included_in_instruction_accounts"),
                arguments(Payments.of(call(Programs.COMPUTE_BUDGET, "02204e0000", account(FEE_PAYER, true)), PRICE,
                        TRANSFER), asked, "payload_transaction_fee_payer_included_in_instruction_accounts"),
                // The memo
                arguments(Payments.of(LIMIT, PRICE, TRANSFER), Vectors.terms(), "payload_memo_count"),
                arguments(Payments.of(LIMIT, PRICE, TRANSFER, MEMO, MEMO), Vectors.terms(), "payload_memo_count"),
                arguments(Payments.of(LIMIT, PRICE, TRANSFER, memo("order-0002")), Vectors.terms(),
                        "payload_memo_mismatch"),
                arguments(Payments.of(LIMIT, PRICE, TRANSFER, memo("order-0001 ")), Vectors.terms(),
                        "payload_memo_mismatch"));
    }

    @ParameterizedTest
    @CsvSource({"400000, 50000, ''", "400001, 0, limit", "4294967295, 0, limit", "400000, 50001, price",
        "4000, 5000000, ''", "4000, 5000001, price", "400000, -1, price", "0, 0, ''"})
    void whatItCostsIsLimited(long units, long microLamports, String tooHigh) {
        Optional<String> expected = tooHigh.isEmpty()
                ? Optional.empty()
                : Optional.of("invalid_exact_svm_payload_transaction_instructions_compute_%s_instruction_too_high"
                        .formatted(tooHigh));
        assertThat(reason(Payments.of(limit(units), price(microLamports), TRANSFER), withoutMemo()))
                .isEqualTo(expected);
    }

    @Test
    void theLimitsAreTheOperators() {
        TransferTransaction payment = Vectors.read(Payments.of(limit(60_000), price(1_000), TRANSFER).toBytes());
        assertThat(new ExactSvmTerms(new FeeLimits(60_000, 60)).check(payment, withoutMemo())).isEmpty();
        assertThat(new ExactSvmTerms(new FeeLimits(59_999, 60)).check(payment, withoutMemo())).isPresent();
        assertThat(new ExactSvmTerms(new FeeLimits(60_000, 59)).check(payment, withoutMemo())).isPresent();
    }

    /** What is in the places of the signatures is not signed, so changing it must not make another payment of it. */
    @Test
    void aSpoiledSignatureIsNoticedAndLeavesTheMessagesHashAsItIs() {
        for (int at : new int[]{65, 96, 128}) {
            byte[] spoiled = Vectors.wire();
            spoiled[at] ^= 1;
            TransferTransaction payment = Vectors.read(spoiled);
            assertThat(terms.check(payment, Vectors.terms())).map(SvmRefusal::reason)
                    .contains("invalid_exact_svm_payload_signature_invalid");
            assertThat(payment.transaction().messageHash())
                    .isEqualTo(Vectors.payment().transaction().messageHash());
        }
        byte[] claimed = Vectors.wire();
        claimed[1] ^= 1;
        assertThat(terms.check(Vectors.read(claimed), Vectors.terms())).isEmpty();
        assertThat(Vectors.read(claimed).transaction().messageHash())
                .isEqualTo(Vectors.payment().transaction().messageHash());
    }

    @Test
    void everyOtherBitOfThePaymentCounts() {
        for (int at = 129; at < Vectors.wire().length; at++) {
            byte[] changed = Vectors.wire();
            changed[at] ^= 1;
            boolean holds = switch (TransferTransaction.read(changed)) {
                case TransferTransaction.Reading.Read(TransferTransaction payment) ->
                    terms.check(payment, Vectors.terms()).isEmpty();
                case TransferTransaction.Reading.Refused refused -> false;
            };
            assertThat(holds).as("byte %s", at).isFalse();
        }
    }

    private Optional<String> reason(SolanaTransaction transaction, TransferTerms asked) {
        return terms.check(Vectors.read(transaction.toBytes()), asked).map(SvmRefusal::reason);
    }

    private static Arguments shaped(String reason, TransactionInstruction... instructions) {
        return arguments(Payments.of(instructions).toBytes(), reason);
    }

    private static SolanaTransaction paying(long amount) {
        return Payments.of(LIMIT, PRICE, transfer(
                transferOf(Programs.TOKEN, Vectors.USDC, Vectors.PAY_TO_ACCOUNT, PAYER, amount)));
    }

    private static TransactionInstruction tokenCall(String hex) {
        return call(Programs.TOKEN, hex, TRANSFER.getKeys().toArray(AccountMeta[]::new));
    }

    /** Of an authority that does not have to sign, as a multisig's. */
    private static TransactionInstruction unsignedTransfer() {
        return call(Programs.TOKEN, "0c102700000000000006", account(Vectors.PAYER_ACCOUNT, true),
                account(Vectors.USDC, false), account(Vectors.PAY_TO_ACCOUNT, true), account(STRANGER, false));
    }

    private static TransferTerms withoutMemo() {
        return new TransferTerms(Vectors.USDC, Vectors.PAY_TO, Vectors.AMOUNT, FEE_PAYER, Optional.empty());
    }

    private static TransferTerms other(TransferTerms asked, String feePayer) {
        return new TransferTerms(asked.mint(), asked.payTo(), asked.micros(), feePayer, asked.memo());
    }
}
