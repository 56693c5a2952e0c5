package io.x402compute.local;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;

/**
 * Buys a run from the command line: {@code run [service [input as JSON]]}, by default a picture. One that is queued is waited for. Who pays is in the
 * environment: {@link Buyer}.
 */
public final class BuyRun {
    private static final String USAGE = "usage: run [service [input as JSON]]";
    private static final String DEFAULT_SERVICE = "flux-schnell";
    private static final String DEFAULT_INPUT = "{\"prompt\": \"A red fox in the snow\"}";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_LOOKS = 300;

    private BuyRun() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            System.exit(run(arguments, System.out) ? 0 : 1);
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static boolean run(String[] arguments, PrintStream out) throws InterruptedException {
        if (arguments.length > 2) {
            throw new IllegalArgumentException(USAGE);
        }
        Buyer buyer = Buyer.of(System.getenv());
        ObjectNode request = Json.object().put("service", arguments.length > 0 ? arguments[0] : DEFAULT_SERVICE);
        request.set("input", input(arguments.length > 1 ? arguments[1] : DEFAULT_INPUT));
        if (!buyer.network().isEvm()) {
            request.put("network", "solana");
        }
        Answer answer = buyer.pay("/v1/run", request, out);
        return answer.status() == 202 ? awaited(buyer, answer, out) : answer.status() == 200;
    }

    private static boolean awaited(Buyer buyer, Answer accepted, PrintStream out) throws InterruptedException {
        String path = accepted.body().path("status_url").asText();
        for (int look = 0; look < MOST_LOOKS; look++) {
            Answer status = buyer.client().get(path);
            if (!status.body().path("status").asText().equals("pending")) {
                out.println(status.status() + " " + status.body().toPrettyString());
                return status.body().path("status").asText().equals("completed");
            }
            Thread.sleep(PAUSE);
        }
        throw new IllegalStateException("still pending: " + path);
    }

    private static ObjectNode input(String text) {
        try {
            if (Json.read(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            // Said below, as of anything else that is no object.
        }
        throw new IllegalArgumentException("no JSON object: " + text);
    }
}
