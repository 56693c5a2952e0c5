package io.x402compute.x402.extension;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The chain that an account is signed in with.
 *
 * @param reference by which it is known in its namespace: a chain id, or the beginning of a genesis hash
 */
record SignInChain(Kind kind, String reference) {

    /** The kinds of accounts. */
    enum Kind {
        ETHEREUM("eip155", "Ethereum", "eip191", Pattern.compile("[0-9]{1,32}")),
        SOLANA("solana", "Solana", "ed25519", Pattern.compile("[-_a-zA-Z0-9]{1,32}"));

        private final String namespace;
        private final String account;
        private final String signatureType;
        private final Pattern reference;

        Kind(String namespace, String account, String signatureType, Pattern reference) {
            this.namespace = namespace;
            this.account = account;
            this.signatureType = signatureType;
            this.reference = reference;
        }

        static Optional<Kind> of(String caip2) {
            return Arrays.stream(values()).filter(kind -> caip2.startsWith(kind.namespace + ":")).findFirst();
        }

        /** What the text calls it. */
        String account() {
            return account;
        }

        /** What the wire calls its signatures. */
        String signatureType() {
            return signatureType;
        }
    }

    /** The chain of that CAIP-2 id; empty where its namespace has no such ids, or is not known here. */
    static Optional<SignInChain> of(String caip2) {
        return Kind.of(caip2).flatMap(kind -> Optional.of(caip2.substring(kind.namespace.length() + 1))
                .filter(text -> kind.reference.matcher(text).matches())
                .map(text -> new SignInChain(kind, text)));
    }
}
