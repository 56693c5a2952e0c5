package io.x402compute.local.chain;

/** The node refused a call. The message ends in its own words, which for a revert are the contract's. */
public final class RpcException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RpcException(String message) {
        super(message);
    }
}
