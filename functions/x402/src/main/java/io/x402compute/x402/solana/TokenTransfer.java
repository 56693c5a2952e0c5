package io.x402compute.x402.solana;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A {@code TransferChecked} of one of the token programs.
 *
 * @param program {@link Programs#TOKEN} or {@link Programs#TOKEN_2022}
 * @param source the token account that pays
 * @param mint the token
 * @param destination the token account that receives
 * @param authority who has to sign: the owner of the source, or whom that has appointed
 * @param amount atomic units, an unsigned 64-bit number
 * @param decimals of the token, which the program compares
 */
public record TokenTransfer(
        String program,
        String source,
        String mint,
        String destination,
        String authority,
        BigInteger amount,
        int decimals) {
    private static final int TRANSFER_CHECKED = 12;
    private static final int DATA_BYTES = 10;
    private static final int ACCOUNTS = 4;

    /** All transfers that the message itself calls for, accounts out of lookup tables left out. */
    public static List<TokenTransfer> allIn(SolanaMessage message) {
        return message.instructions().stream()
                .filter(call -> call.accounts().stream().allMatch(place -> place < message.accounts().size()))
                .flatMap(call -> in(message, call).stream()).toList();
    }

    /** The transfer that this instruction of the message is; empty when it is none. */
    static Optional<TokenTransfer> in(SolanaMessage message, SolanaMessage.Instruction instruction) {
        byte[] data = instruction.data();
        List<Integer> places = instruction.accounts();
        boolean isTransfer = Programs.TOKENS.contains(instruction.program()) && data.length == DATA_BYTES
                && data[0] == TRANSFER_CHECKED && places.size() >= ACCOUNTS;
        if (!isTransfer) {
            return Optional.empty();
        }
        ByteBuffer arguments = ByteBuffer.wrap(data, 1, DATA_BYTES - 1).order(ByteOrder.LITTLE_ENDIAN);
        List<String> accounts = places.stream().limit(ACCOUNTS).map(message.accounts()::get).toList();
        return Optional.of(new TokenTransfer(instruction.program(), accounts.get(0), accounts.get(1), accounts.get(2),
                accounts.get(3), new BigInteger(Long.toUnsignedString(arguments.getLong())),
                Byte.toUnsignedInt(arguments.get())));
    }
}
