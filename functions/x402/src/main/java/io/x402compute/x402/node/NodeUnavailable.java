package io.x402compute.x402.node;

/**
 * The node could not be asked, or gave no usable answer. Says nothing about the chain. Its message names no address: a node's URL
 * often holds an access key.
 */
public final class NodeUnavailable extends Exception {
    private static final long serialVersionUID = 1;

    public NodeUnavailable(String message) {
        super(message);
    }
}
