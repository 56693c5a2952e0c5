package io.x402compute.x402.solana;

import java.util.Set;

/** The programs a payment may call, which have the same addresses on every Solana network. */
public final class Programs {
    public static final String COMPUTE_BUDGET = "ComputeBudget111111111111111111111111111111";
    public static final String TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    public static final String TOKEN_2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";
    public static final String MEMO = "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr";
    /** Assertions that Phantom and Solflare put into what their users sign. */
    public static final String LIGHTHOUSE = "L2TExMFKdjpN9kozasaurPirfHy9P8sbXoAN1qA3S95";
    public static final String ASSOCIATED_TOKEN = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL";
    public static final String SYSTEM = "11111111111111111111111111111111";

    static final Set<String> TOKENS = Set.of(TOKEN, TOKEN_2022);

    private Programs() {}
}
