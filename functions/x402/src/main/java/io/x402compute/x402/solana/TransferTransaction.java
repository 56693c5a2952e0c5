package io.x402compute.x402.solana;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A transaction of the one shape that pays: a unit limit, a unit price, a transfer, and up to four memos or wallets' assertions.
 * Who pays whom, how much, is for {@link ExactSvmTerms} to judge.
 *
 * @param budget what it costs its fee payer
 * @param transfer what it moves
 * @param memos the data of its memos, in their order
 */
public record TransferTransaction(
        SolanaTransaction transaction, ComputeBudget budget, TokenTransfer transfer, List<byte[]> memos) {
    private static final int LEAST_INSTRUCTIONS = 3;
    private static final int MOST_INSTRUCTIONS = 7;

    /** What the bytes turn out to be. */
    public sealed interface Reading {
        record Read(TransferTransaction payment) implements Reading {}

        record Refused(SvmRefusal refusal) implements Reading {}
    }

    /** Reads a payment that is exactly these bytes. Whatever they are, the answer is a value: this never throws. */
    public static Reading read(byte[] bytes) {
        return switch (SolanaTransaction.decode(bytes)) {
            case SolanaTransaction.Decoding.Decoded(SolanaTransaction transaction) -> shape(transaction);
            case SolanaTransaction.Decoding.Undecodable(String why) -> refused(ExactSvmReason.UNDECODABLE, why);
        };
    }

    private static Reading shape(SolanaTransaction transaction) {
        SolanaMessage message = transaction.message();
        if (!message.lookups().isEmpty()) {
            return refused(ExactSvmReason.LOOKUPS, "accounts out of lookup tables are not taken");
        }
        List<SolanaMessage.Instruction> instructions = message.instructions();
        if (instructions.size() < LEAST_INSTRUCTIONS || instructions.size() > MOST_INSTRUCTIONS) {
            return refused(ExactSvmReason.LENGTH, "a payment has 3 to 7 instructions");
        }
        OptionalLong unitLimit = ComputeBudget.unitLimit(instructions.get(0));
        if (unitLimit.isEmpty()) {
            return refused(ExactSvmReason.COMPUTE_LIMIT, "the first instruction sets the unit limit");
        }
        Optional<BigInteger> unitPrice = ComputeBudget.unitPrice(instructions.get(1));
        if (unitPrice.isEmpty()) {
            return refused(ExactSvmReason.COMPUTE_PRICE, "the second instruction sets the unit price");
        }
        Optional<TokenTransfer> transfer = TokenTransfer.in(message, instructions.get(2));
        if (transfer.isEmpty()) {
            return refused(ExactSvmReason.NO_TRANSFER, "the third instruction is a TransferChecked");
        }
        List<SolanaMessage.Instruction> others = instructions.subList(LEAST_INSTRUCTIONS, instructions.size());
        for (int i = 0; i < others.size(); i++) {
            String program = others.get(i).program();
            if (!program.equals(Programs.MEMO) && !program.equals(Programs.LIGHTHOUSE)) {
                return refused(ExactSvmReason.unknownInstruction(i), "only memos and Lighthouse follow the transfer");
            }
        }
        List<byte[]> memos = others.stream().filter(other -> other.program().equals(Programs.MEMO))
                .map(SolanaMessage.Instruction::data).toList();
        return new Reading.Read(new TransferTransaction(transaction,
                new ComputeBudget(unitLimit.getAsLong(), unitPrice.get()), transfer.get(), memos));
    }

    /** Who pays. */
    public String payer() {
        return transfer.authority();
    }

    /** The same with the signature of that wallet, which has to be one of its signers. */
    public TransferTransaction signedBy(SolanaWallet wallet) {
        return new TransferTransaction(transaction.signedBy(wallet), budget, transfer, memos);
    }

    /** Whether the payer has to sign it, and everybody who has to has signed, but for the fee payer. */
    public boolean isSignedByPayer() {
        SolanaMessage message = transaction.message();
        boolean asked = message.accounts().subList(1, message.signers()).contains(payer());
        for (int signer = 1; asked && signer < message.signers(); signer++) {
            asked = transaction.isSignedBy(signer);
        }
        return asked;
    }

    private static Reading refused(String reason, String message) {
        return new Reading.Refused(new SvmRefusal(reason, message));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransferTransaction payment && transaction.equals(payment.transaction);
    }

    @Override
    public int hashCode() {
        return transaction.hashCode();
    }
}
