package io.x402compute.x402.solana;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.p2p.solanaj.core.AccountMeta;
import org.p2p.solanaj.core.PublicKey;
import org.p2p.solanaj.core.TransactionInstruction;

/** Transactions as clients make them, good and bad, one instruction at a time. */
final class Payments {
    static final TransactionInstruction LIMIT = limit(20_000);
    static final TransactionInstruction PRICE = price(1);
    static final TransactionInstruction TRANSFER = transfer(Vectors.transfer());
    static final TransactionInstruction MEMO = memo(Vectors.MEMO);
    static final TransactionInstruction LIGHTHOUSE = call(Programs.LIGHTHOUSE, "00");

    private Payments() {}

    static TransactionInstruction call(String program, String hex, AccountMeta... accounts) {
        return new TransactionInstruction(new PublicKey(program), List.of(accounts), HexFormat.of().parseHex(hex));
    }

    static TransactionInstruction limit(long units) {
        byte[] data = ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN).put((byte) 2).putInt((int) units).array();
        return new TransactionInstruction(new PublicKey(Programs.COMPUTE_BUDGET), List.of(), data);
    }

    static TransactionInstruction price(long microLamports) {
        byte[] data = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN).put((byte) 3).putLong(microLamports)
                .array();
        return new TransactionInstruction(new PublicKey(Programs.COMPUTE_BUDGET), List.of(), data);
    }

    static TransactionInstruction memo(String text) {
        return new TransactionInstruction(new PublicKey(Programs.MEMO), List.of(),
                text.getBytes(StandardCharsets.UTF_8));
    }

    static TransactionInstruction transfer(TokenTransfer transfer) {
        byte[] data = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).put((byte) 12)
                .putLong(transfer.amount().longValue()).put((byte) transfer.decimals()).array();
        return new TransactionInstruction(new PublicKey(transfer.program()), List.of(account(transfer.source(), true),
                account(transfer.mint(), false), account(transfer.destination(), true),
                new AccountMeta(new PublicKey(transfer.authority()), true, false)), data);
    }

    static AccountMeta account(String address, boolean written) {
        return new AccountMeta(new PublicKey(address), false, written);
    }

    static TokenTransfer transferOf(String program, String mint, String destination, String authority, long amount) {
        return new TokenTransfer(program, Vectors.PAYER_ACCOUNT, mint, destination, authority,
                BigInteger.valueOf(amount), 6);
    }

    /** Signed by the payer, where that is a signer of it. */
    static SolanaTransaction of(TransactionInstruction... instructions) {
        return of(Vectors.FEE_PAYER.address(), instructions);
    }

    static SolanaTransaction of(String feePayer, TransactionInstruction... instructions) {
        SolanaTransaction transaction = MessageWriter.transaction(feePayer, List.of(instructions), Vectors.BLOCKHASH);
        SolanaMessage message = transaction.message();
        return message.accounts().subList(0, message.signers()).contains(Vectors.PAYER.address())
                ? transaction.signedBy(Vectors.PAYER)
                : transaction;
    }

    /** The same instructions in the format from before there were versions. */
    static SolanaTransaction legacy(SolanaTransaction versioned) {
        byte[] message = versioned.messageBytes();
        SolanaTransaction legacy = SolanaTransaction.unsigned(Arrays.copyOfRange(message, 1, message.length - 1),
                versioned.message().signers());
        return legacy.signedBy(Vectors.PAYER);
    }

    /** With an account out of a lookup table. */
    static byte[] withLookup(SolanaTransaction transaction) {
        byte[] wire = transaction.toBytes();
        List<Byte> bytes = new ArrayList<>();
        for (int i = 0; i < wire.length - 1; i++) {
            bytes.add(wire[i]);
        }
        bytes.add((byte) 1);
        for (int i = 0; i < 32; i++) {
            bytes.add((byte) 42);
        }
        bytes.addAll(List.of((byte) 1, (byte) 0, (byte) 0));
        byte[] longer = new byte[bytes.size()];
        for (int i = 0; i < longer.length; i++) {
            longer[i] = bytes.get(i);
        }
        return longer;
    }
}
