package io.x402compute.x402.facilitator;

/**
 * Hands out transaction numbers of a settling account, each once, across every process that signs with its key. Two
 * transactions with one number would replace each other, and one of two payers' settlements would be lost.
 */
public interface SignerNonces {

    /**
     * Takes the next number.
     *
     * @param signer the chain and account, for example {@code eip155:8453/0x…}
     * @param chainCount the account's transaction count on the chain now: the number can never be lower
     */
    long next(String signer, long chainCount);
}
