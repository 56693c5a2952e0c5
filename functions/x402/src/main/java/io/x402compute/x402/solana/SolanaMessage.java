package io.x402compute.x402.solana;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What the signers of a transaction sign, in its parts. Only what the runtime itself would take: its limits on counts and indices
 * hold.
 *
 * @param version 0, or {@link #LEGACY}
 * @param signers how many of the accounts, from the first, have to sign; the first pays the fees
 * @param readOnlySigners how many of those, from the last, are not written to
 * @param readOnlyOthers how many of the other accounts, from the last, are not written to
 * @param accounts base58 addresses, each once
 * @param blockhash base58; the transaction can be executed as long as the chain remembers that block
 * @param lookups base58 addresses of the tables that further accounts come from; version 0 only
 */
public record SolanaMessage(
        int version,
        int signers,
        int readOnlySigners,
        int readOnlyOthers,
        List<String> accounts,
        String blockhash,
        List<Instruction> instructions,
        List<String> lookups) {
    /** The format from before there were versions. */
    public static final int LEGACY = -1;

    private static final int VERSIONED = 0x80;

    /**
     * A call of a program.
     *
     * @param program its address
     * @param accounts the places of what it is given, in the message's accounts and then in what the lookups bring
     */
    public record Instruction(String program, List<Integer> accounts, byte[] data) {}

    public String feePayer() {
        return accounts.get(0);
    }

    static SolanaMessage read(WireReader wire) throws UndecodableTransaction {
        int version = LEGACY;
        if ((wire.peek() & VERSIONED) != 0) {
            version = wire.unsignedByte() & ~VERSIONED;
            if (version != 0) {
                throw new UndecodableTransaction("no version 0");
            }
        }
        int signers = wire.unsignedByte();
        int readOnlySigners = wire.unsignedByte();
        int readOnlyOthers = wire.unsignedByte();
        List<String> accounts = addresses(wire);
        if (signers == 0 || readOnlySigners >= signers || signers + readOnlyOthers > accounts.size()) {
            throw new UndecodableTransaction("its accounts are not as many as its header says");
        }
        String blockhash = wire.address();
        List<Instruction> instructions = instructions(wire, accounts);
        List<String> lookups = new ArrayList<>();
        int accountsInAll = accounts.size() + (version == LEGACY ? 0 : lookups(wire, lookups));
        for (Instruction instruction : instructions) {
            if (instruction.accounts().stream().anyMatch(place -> place >= accountsInAll)) {
                throw new UndecodableTransaction("an account is missing");
            }
        }
        return new SolanaMessage(version, signers, readOnlySigners, readOnlyOthers, accounts, blockhash, instructions,
                List.copyOf(lookups));
    }

    private static List<String> addresses(WireReader wire) throws UndecodableTransaction {
        int count = wire.compact();
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(wire.address());
        }
        if (new HashSet<>(addresses).size() < count) {
            throw new UndecodableTransaction("an account is there twice");
        }
        return List.copyOf(addresses);
    }

    private static List<Instruction> instructions(WireReader wire, List<String> accounts)
            throws UndecodableTransaction {
        int count = wire.compact();
        List<Instruction> instructions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int program = wire.unsignedByte();
            if (program >= accounts.size()) {
                throw new UndecodableTransaction("a program is missing");
            }
            instructions.add(new Instruction(accounts.get(program), wire.numbers(), wire.counted()));
        }
        return List.copyOf(instructions);
    }

    /** How many accounts they bring. */
    private static int lookups(WireReader wire, List<String> tables) throws UndecodableTransaction {
        int count = wire.compact();
        int accounts = 0;
        for (int i = 0; i < count; i++) {
            tables.add(wire.address());
            accounts += wire.counted().length + wire.counted().length;
        }
        return accounts;
    }
}
