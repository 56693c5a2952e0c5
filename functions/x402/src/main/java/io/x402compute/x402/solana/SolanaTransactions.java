package io.x402compute.x402.solana;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.p2p.solanaj.core.AccountMeta;
import org.p2p.solanaj.core.PublicKey;
import org.p2p.solanaj.core.TransactionInstruction;
import org.p2p.solanaj.programs.ComputeBudgetProgram;
import org.p2p.solanaj.programs.TokenProgram;

/** The transactions that we make ourselves. Nobody has signed them yet. */
public final class SolanaTransactions {
    /** As the reference client bids: enough for a transfer and a memo, at next to nothing. */
    private static final int PAYMENT_UNITS = 20_000;
    private static final int PAYMENT_UNIT_PRICE = 1;
    private static final byte CREATE_IDEMPOTENT = 1;

    private SolanaTransactions() {}

    /**
     * A payment as the reference client builds it.
     *
     * @param transfer what to pay
     * @param memo in it, at most 256 bytes; two payments with different ones are never the same transaction
     * @param blockhash a recent one
     */
    public static TransferTransaction payment(String feePayer, TokenTransfer transfer, String memo, String blockhash) {
        SolanaTransaction transaction = MessageWriter.transaction(feePayer, List.of(
                ComputeBudgetProgram.setComputeUnitLimit(PAYMENT_UNITS),
                ComputeBudgetProgram.setComputeUnitPrice(PAYMENT_UNIT_PRICE),
                checked(transfer),
                new TransactionInstruction(new PublicKey(Programs.MEMO), List.of(),
                        memo.getBytes(StandardCharsets.UTF_8))),
                blockhash);
        return switch (TransferTransaction.read(transaction.toBytes())) {
            case TransferTransaction.Reading.Read(TransferTransaction payment) -> payment;
            case TransferTransaction.Reading.Refused(SvmRefusal refusal) ->
                throw new IllegalArgumentException(refusal.message());
        };
    }

    /** The library's own has the authority's account written to, which is a lock for nothing. */
    private static TransactionInstruction checked(TokenTransfer transfer) {
        byte[] data = TokenProgram.transferChecked(new PublicKey(transfer.source()),
                new PublicKey(transfer.destination()), transfer.amount().longValueExact(), (byte) transfer.decimals(),
                new PublicKey(transfer.authority()), new PublicKey(transfer.mint())).getData();
        return new TransactionInstruction(new PublicKey(transfer.program()), List.of(
                new AccountMeta(new PublicKey(transfer.source()), false, true),
                new AccountMeta(new PublicKey(transfer.mint()), false, false),
                new AccountMeta(new PublicKey(transfer.destination()), false, true),
                new AccountMeta(new PublicKey(transfer.authority()), true, false)), data);
    }

    /** Opens the owner's account for a token, at the fee payer's expense; where it is open already, does nothing. */
    public static SolanaTransaction openTokenAccount(String feePayer, String owner, String mint, String program,
            String blockhash) {
        List<AccountMeta> accounts = List.of(
                new AccountMeta(new PublicKey(feePayer), true, true),
                new AccountMeta(new PublicKey(TokenAccounts.of(owner, mint, program)), false, true),
                new AccountMeta(new PublicKey(owner), false, false),
                new AccountMeta(new PublicKey(mint), false, false),
                new AccountMeta(new PublicKey(Programs.SYSTEM), false, false),
                new AccountMeta(new PublicKey(program), false, false));
        return MessageWriter.transaction(feePayer, List.of(new TransactionInstruction(
                new PublicKey(Programs.ASSOCIATED_TOKEN), accounts, new byte[]{CREATE_IDEMPOTENT})), blockhash);
    }
}
