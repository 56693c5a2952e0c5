package io.x402compute.local.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import io.x402compute.local.process.BoundProcess;

/** The process of a chain's node, which listens on loopback only and dies with this JVM, however that ends. */
final class NodeProcess implements AutoCloseable {
    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final Process process;
    private final JsonRpc rpc;

    private NodeProcess(String name, Process process, JsonRpc rpc) {
        this.name = name;
        this.process = process;
        this.rpc = rpc;
    }

    /**
     * Starts a node and waits until it answers.
     *
     * @param name for messages
     * @param port the RPC port, or 0 for any free one
     * @param question that it answers as soon as it is up
     * @param command that starts it on a port
     * @throws IllegalStateException when the port is taken or the node does not come up
     */
    static NodeProcess start(String name, int port, String question, IntFunction<List<String>> command) {
        int freePort = freePort(name, port);
        NodeProcess node = new NodeProcess(name, start(command.apply(freePort)),
                new JsonRpc(URI.create("http://127.0.0.1:" + freePort)));
        try {
            node.awaitAnswer(question);
            return node;
        } catch (RuntimeException e) {
            node.close();
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
    private static int freePort(String name, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, LOOPBACK)) {
            return socket.getLocalPort();
        } catch (BindException e) {
            throw new IllegalStateException(
                    "Port " + port + " is taken, so the " + name + " cannot have it. Stop what listens there.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer(String question) {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers(question)) {
            if (ended(POLL_INTERVAL)) {
                throw new IllegalStateException("The " + name + " ended with exit code " + process.exitValue()
                        + " instead of answering; its error output says why.");
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The " + name + " did not answer within " + START_LIMIT);
            }
        }
    }

    private boolean answers(String question) {
        try {
            rpc.call(question);
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
            throw new IllegalStateException("interrupted while waiting for the " + name, e);
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
