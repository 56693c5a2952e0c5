package io.x402compute.local.inference;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** The server in a process of its own, until that is ended: {@code ServeInference [port]}, 4023 unless it is told. */
public final class ServeInference {
    /** Where people find it. */
    public static final int PORT = 4023;

    private ServeInference() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : PORT;
        InferenceServer server = InferenceServer.start(port, Clock.systemUTC());
        System.out.println(InferenceServer.upstreams(server.url()) + ", key " + InferenceServer.API_KEY);
        new CountDownLatch(1).await();
    }
}
