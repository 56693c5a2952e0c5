package io.x402compute.local.chain;

import java.io.IOException;

/** A JVM of its own that starts a chain, says where, and holds on to it until it is killed. */
final class HoldChain {
    private HoldChain() {}

    public static void main(String... arguments) throws IOException {
        LocalEvm evm = LocalEvm.start(0);
        System.out.println(evm.rpcUrl());
        int end = System.in.read();
        throw new IllegalStateException("was to be killed, not told to end: " + end);
    }
}
