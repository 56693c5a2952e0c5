package io.x402compute.inference;

/**
 * What a webhook is told of a job's end.
 *
 * @param secret that signs it, known to the buyer from the answer to the order
 * @param tries how often it was told in vain
 * @param isOpen whether it is still to be told
 */
public record Notice(String secret, int tries, boolean isOpen) {

    static Notice signedWith(String secret) {
        return new Notice(secret, 0, true);
    }

    Notice inVain() {
        return new Notice(secret, tries + 1, true);
    }

    Notice closed() {
        return new Notice(secret, tries, false);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Notice[tries=%d, isOpen=%s]".formatted(tries, isOpen);
    }
}
