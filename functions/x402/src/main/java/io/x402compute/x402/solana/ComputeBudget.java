package io.x402compute.x402.solana;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a transaction may use and bids for it. Its fee payer pays for all of the limit, used or not.
 *
 * @param unitLimit compute units, an unsigned 32-bit number
 * @param unitPrice micro-lamports per unit, an unsigned 64-bit number
 */
public record ComputeBudget(long unitLimit, BigInteger unitPrice) {
    private static final int SET_LIMIT = 2;
    private static final int SET_PRICE = 3;
    private static final BigInteger MICRO_PER_LAMPORT = BigInteger.valueOf(1_000_000);

    /** What the bid adds to the fee of the signatures, in lamports, rounded up as the runtime does. */
    public BigInteger priorityFee() {
        return BigInteger.valueOf(unitLimit).multiply(unitPrice).add(MICRO_PER_LAMPORT).subtract(BigInteger.ONE)
                .divide(MICRO_PER_LAMPORT);
    }

    /** The unit limit, if the instruction sets that and nothing else. */
    static OptionalLong unitLimit(SolanaMessage.Instruction instruction) {
        return isCall(instruction, SET_LIMIT, Integer.BYTES)
                ? OptionalLong.of(Integer.toUnsignedLong(argument(instruction).getInt()))
                : OptionalLong.empty();
    }

    /** The unit price, if the instruction sets that and nothing else. */
    static Optional<BigInteger> unitPrice(SolanaMessage.Instruction instruction) {
        return isCall(instruction, SET_PRICE, Long.BYTES)
                ? Optional.of(new BigInteger(Long.toUnsignedString(argument(instruction).getLong())))
                : Optional.empty();
    }

    private static boolean isCall(SolanaMessage.Instruction instruction, int discriminator, int argumentBytes) {
        return instruction.program().equals(Programs.COMPUTE_BUDGET)
                && instruction.data().length == 1 + argumentBytes
                && instruction.data()[0] == discriminator;
    }

    private static ByteBuffer argument(SolanaMessage.Instruction instruction) {
        return ByteBuffer.wrap(instruction.data(), 1, instruction.data().length - 1).order(ByteOrder.LITTLE_ENDIAN);
    }
}
