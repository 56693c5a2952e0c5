package io.x402compute.local.http;

/** Another process listens on a port that we need. */
public final class PortTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int port;

    public PortTakenException(int port) {
        super("port " + port + " is taken", null, false, false);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
