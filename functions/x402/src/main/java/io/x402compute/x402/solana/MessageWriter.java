package io.x402compute.x402.solana;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

import org.p2p.solanaj.core.AccountMeta;
import org.p2p.solanaj.core.TransactionInstruction;

/** Puts instructions together to a message of version 0, in the order of accounts that {@code @solana/kit} has. */
final class MessageWriter {
    private static final byte VERSION_0 = (byte) 0x80;
    private static final int COMPACT_MASK = 0x7f;
    private static final int COMPACT_MORE = 0x80;
    private static final int COMPACT_BITS = 7;
    private static final Comparator<String> LETTERS = String.CASE_INSENSITIVE_ORDER
            .thenComparing(Comparator.reverseOrder());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private record Use(boolean signs, boolean written) {
        Use and(Use other) {
            return new Use(signs || other.signs, written || other.written);
        }

        /** Signers come first, and of them, as of the others, those that are written to. */
        int rank() {
            return (signs ? 0 : 2) + (written ? 0 : 1);
        }
    }

    private MessageWriter() {}

    /** An unsigned transaction of these instructions. */
    static SolanaTransaction transaction(String feePayer, List<TransactionInstruction> instructions,
            String blockhash) {
        TreeMap<String, Use> uses = new TreeMap<>(LETTERS);
        for (TransactionInstruction instruction : instructions) {
            uses.merge(instruction.getProgramId().toBase58(), new Use(false, false), Use::and);
            for (AccountMeta account : instruction.getKeys()) {
                uses.merge(account.getPublicKey().toBase58(), new Use(account.isSigner(), account.isWritable()),
                        Use::and);
            }
        }
        uses.remove(feePayer);
        List<String> accounts = new ArrayList<>(uses.keySet());
        accounts.sort(Comparator.comparingInt(account -> uses.get(account).rank()));
        accounts.add(0, feePayer);
        int signers = 1 + (int) uses.values().stream().filter(Use::signs).count();
        int readOnlySigners = (int) uses.values().stream().filter(use -> use.signs() && !use.written()).count();
        int readOnlyOthers = (int) uses.values().stream().filter(use -> !use.signs() && !use.written()).count();

        MessageWriter writer = new MessageWriter();
        writer.out.write(VERSION_0);
        writer.out.write(signers);
        writer.out.write(readOnlySigners);
        writer.out.write(readOnlyOthers);
        writer.compact(accounts.size());
        accounts.forEach(account -> writer.out.writeBytes(TokenAccounts.key(account)));
        writer.out.writeBytes(TokenAccounts.key(blockhash));
        writer.compact(instructions.size());
        instructions.forEach(instruction -> writer.instruction(instruction, accounts));
        writer.compact(0);
        return SolanaTransaction.unsigned(writer.out.toByteArray(), signers);
    }

    private void instruction(TransactionInstruction instruction, List<String> accounts) {
        out.write(accounts.indexOf(instruction.getProgramId().toBase58()));
        compact(instruction.getKeys().size());
        instruction.getKeys().forEach(account -> out.write(accounts.indexOf(account.getPublicKey().toBase58())));
        compact(instruction.getData().length);
        out.writeBytes(instruction.getData());
    }

    private void compact(int value) {
        int rest = value;
        while (rest > COMPACT_MASK) {
            out.write((rest & COMPACT_MASK) | COMPACT_MORE);
            rest >>= COMPACT_BITS;
        }
        out.write(rest);
    }
}
