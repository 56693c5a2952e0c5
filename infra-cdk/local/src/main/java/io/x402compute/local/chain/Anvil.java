package io.x402compute.local.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.x402compute.local.process.BoundProcess;

/** The process of the EVM node. */
final class Anvil implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Process process;
    private final JsonRpc rpc;

    private Anvil(Process process, JsonRpc rpc) {
        this.process = process;
        this.rpc = rpc;
    }

    /**
     * Starts the node and waits until it answers.
     *
     * @param port the RPC port, or 0 for any free one
     * @param genesis the time of its first block, from which its time goes on
     * @throws IllegalStateException when the port is taken, the binary is missing or the node does not come up
     */
    static Anvil start(int port, long chainId, Instant genesis) {
        String binary = NodeModules.anvil().toString();
        int freePort = freePort(port);
        List<String> command = List.of(binary, "--silent",
                "--host", LOOPBACK.getHostAddress(),
                "--port", Integer.toString(freePort),
                "--chain-id", Long.toString(chainId),
                "--timestamp", Long.toString(genesis.getEpochSecond()),
                // A transaction is mined at once. In between, blocks come as on Base: eth_call runs at the newest block's
                // time, so on an idle chain without them no fresh authorization would be valid yet.
                "--mixed-mining", "--block-time", "2",
                // Otherwise the state after each block is written to the home folder, gigabytes a day.
                "--prune-history", "64",
                // The tags "safe" and "finalized" then lie one and two blocks back, within the history kept.
                "--slots-in-an-epoch", "1");
        Anvil anvil = new Anvil(start(command), new JsonRpc(URI.create("http://127.0.0.1:" + freePort)));
        try {
            anvil.awaitAnswer();
            return anvil;
        } catch (RuntimeException e) {
            anvil.close();
            throw e;
        }
    }

    private static Process start(List<String> command) {
        try {
            return BoundProcess.builder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for the port before the node does: it would find out late, while a stranger answers in its place. */
    private static int freePort(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, LOOPBACK)) {
            return socket.getLocalPort();
        } catch (BindException e) {
            throw new IllegalStateException(
                    "Port " + port + " is taken, so the EVM node cannot have it. Stop what listens there.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (ended(POLL_INTERVAL)) {
                throw new IllegalStateException("The EVM node ended with exit code " + process.exitValue()
                        + " instead of answering; its error output says why.");
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The EVM node did not answer within " + START_LIMIT);
            }
        }
    }

    private boolean answers() {
        try {
            rpc.call("eth_chainId");
            return true;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    /** Waits up to the limit for the process to end. */
    private boolean ended(Duration limit) {
        try {
            return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the EVM node", e);
        }
    }

    JsonRpc rpc() {
        return rpc;
    }

    URI rpcUrl() {
        return rpc.url();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        rpc.close();
        ended(STOP_LIMIT);
    }
}
