package io.x402compute.running;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.x402compute.local.LocalClock;
import io.x402compute.local.chain.LocalEvm;
import io.x402compute.local.client.Answer;

/**
 * The ecosystem's own facilitator in a process of its own, at an address that is known before there is a chain: what is asked there is passed
 * on as it is.
 */
final class TheirFacilitatorProcess implements AutoCloseable {
    private static final String LOCAL_TIME = "clients/local-time.mjs";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Process process;
    private volatile URI theirs;

    TheirFacilitatorProcess() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::passOn);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Starts it, unless it runs, with that account of that chain. */
    void settlesOn(LocalEvm chain, int account) {
        if (process != null) {
            return;
        }
        ProcessBuilder node = new ProcessBuilder("node", "--import", Path.of(LOCAL_TIME).toUri().toString(),
                Path.of("clients/facilitate.mjs").toAbsolutePath().toString()).redirectError(Redirect.INHERIT);
        node.environment().putAll(Map.of("API_URL", chain.rpcUrl().toString(), "PRIVATE_KEY",
                UsedSecrets.remember(chain.privateKey(account)), "CLOCK_OFFSET_MILLIS",
                Long.toString(LocalClock.offset().toMillis())));
        try {
            process = node.start();
            // Left open: there is nothing more to read, and it must not be cut off while it runs.
            BufferedReader printed = process.inputReader(StandardCharsets.UTF_8);
            theirs = URI.create(printed.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void passOn(HttpExchange exchange) throws IOException {
        byte[] asked = exchange.getRequestBody().readAllBytes();
        Answer answer = Http.send(theirs, exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
                asked.length == 0 ? Map.of() : Map.of("Content-Type", "application/json"), asked);
        byte[] said = WalletHeaders.bytes(answer.body().toString());
        exchange.sendResponseHeaders(answer.status(), said.length);
        exchange.getResponseBody().write(said);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        if (process != null) {
            process.destroy();
        }
    }
}
