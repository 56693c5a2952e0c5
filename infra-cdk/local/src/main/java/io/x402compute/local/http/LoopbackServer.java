package io.x402compute.local.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/** An HTTP server on the loopback address, one virtual thread per request. */
public final class LoopbackServer implements AutoCloseable {
    static {
        // Read once by the JDK's server: without it every small answer waits for the client's delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private LoopbackServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Takes the port without answering on it yet.
     *
     * @param port 0 for any free one
     * @throws PortTakenException when somebody else has it
     */
    public static LoopbackServer bind(int port) {
        try {
            return new LoopbackServer(HttpServer.create(loopback(port), 0));
        } catch (BindException e) {
            throw new PortTakenException(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asks for ports that others will listen on later.
     *
     * @param ports 0 is always free
     * @throws PortTakenException naming the first that somebody else has
     */
    public static void requireFree(int... ports) {
        for (int port : ports) {
            // A plain socket: the JDK's HTTP server, once bound, keeps the port for a while after it is closed.
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(loopback(port));
            } catch (BindException e) {
                throw new PortTakenException(port);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Answers every request with that handler from now on. */
    public void serve(HttpHandler handler) {
        server.createContext("/", handler);
        server.setExecutor(executor);
        server.start();
    }

    /** Ends the exchange with that body; an empty one, and the answer to HEAD, are sent without. */
    public static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
