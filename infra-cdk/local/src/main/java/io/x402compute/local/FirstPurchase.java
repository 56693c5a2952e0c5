package io.x402compute.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.local.client.ComputeClient;
import io.x402compute.local.client.MachineChoice;
import io.x402compute.local.client.PaidResponse;
import io.x402compute.local.provider.ProviderSimulator;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.Usdc;

/**
 * The life of one machine, from the price list to the provider's 404, lived by an agent with the project's own paying
 * client. Nothing is waited for in real time: the clock is moved.
 */
final class FirstPurchase {
    private static final int OPERATOR = 0;
    private static final int AGENT = 1;
    private static final String PROVISION = "/compute/provision";
    private static final Duration BOOT_STEP = Duration.ofSeconds(15);
    private static final int BOOT_STEPS = 20;
    private static final Duration RELEASE_STEP = Duration.ofMinutes(1);
    private static final int RELEASE_STEPS = 15;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final LocalCloud cloud;
    private final Console console;
    private final int hours;
    private final ComputeClient agent;

    /** @param hours to buy, and to extend by */
    FirstPurchase(LocalCloud cloud, Console console, int hours) {
        this.cloud = cloud;
        this.console = console;
        this.hours = hours;
        this.agent = cloud.client(AGENT);
    }

    /** The longest time that it moves the clock by. */
    static Duration longest(int hours) {
        return BOOT_STEP.multipliedBy(BOOT_STEPS)
                .plusHours(2L * hours)
                .plus(RELEASE_STEP.multipliedBy(RELEASE_STEPS + 1));
    }

    /**
     * Goes through all of it.
     *
     * @throws DemonstrationFailed at the first answer that is not as it should be
     */
    void run() {
        console.title("A first purchase, by agent " + agent.wallet().address());
        MachineChoice choice = MachineChoice.cheapestWithGpu(agent.get("/compute/plans").body(), hours);
        console.line("plans", choice);
        String id = provision(choice);
        String providerId = boot(id);
        Instant expiry = extend(id);
        expire(id, expiry);
        release(providerId);
    }

    private String provision(MachineChoice choice) {
        ReceivedOffer offer = agent.quote(PROVISION, choice.request())
                .orElseThrow(() -> new DemonstrationFailed("no price was asked for a machine"));
        console.line(
                "402", "%d hours for %s, to %s on %s".formatted(
                        choice.hours(), offer.requirements().amount(), offer.requirements().payTo(),
                        offer.requirements().network().caip2()));
        Answer answer = pay(PROVISION, choice.request(), 201);
        return answer.order().path("id").asText();
    }

    private String boot(String id) {
        Instant start = cloud.clock().instant();
        for (int step = 0; step < BOOT_STEPS; step++) {
            cloud.advance(BOOT_STEP);
            JsonNode instance = instance(id);
            String status = instance.path("status").asText();
            String address = instance.path("ip_address").asText();
            long seconds = Duration.between(start, cloud.clock().instant()).toSeconds();
            if (status.equals("active") && !address.equals("0.0.0.0")) {
                console.line("active", "%s, %d s after it was paid".formatted(address, seconds));
                return instance.path("vultr_instance_id").asText();
            }
            console.line("booting", "%s, %d s".formatted(status, seconds));
        }
        throw new DemonstrationFailed("the machine did not boot");
    }

    private Instant extend(String id) {
        Answer answer = pay(
                "/compute/instances/" + id + "/extend",
                Json.object().put("extend_hours", hours).put("network", "base"), 200);
        Instant expiry = Instant.parse(answer.order().path("expires_at").asText());
        console.line("extended", "by %d hours, until %s".formatted(hours, expiry));
        return expiry;
    }

    private void expire(String id, Instant expiry) {
        Duration left = Duration.between(cloud.clock().instant(), expiry).plus(RELEASE_STEP);
        cloud.advance(left);
        console.line("clock", "moved %d hours ahead, past its expiry".formatted(left.toHours()));
        String status = instance(id).path("status").asText();
        if (!status.equals("expired")) {
            throw new DemonstrationFailed("after its expiry the machine is " + status);
        }
        console.line("expired", "instance " + id);
    }

    private void release(String providerId) {
        for (int step = 0; step < RELEASE_STEPS; step++) {
            int status = askProvider(providerId);
            if (status == 404) {
                console.line("released", "the provider answers 404 for its machine " + providerId);
                return;
            }
            cloud.advance(RELEASE_STEP);
        }
        throw new DemonstrationFailed("the provider still has the machine");
    }

    private Answer pay(String path, ObjectNode body, int expected) {
        long agentBefore = cloud.evm().balanceOf(cloud.evm().address(AGENT));
        long operatorBefore = cloud.evm().balanceOf(cloud.evm().address(OPERATOR));
        long begun = System.nanoTime();
        PaidResponse paid = agent.pay(path, body);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        Answer answer = Answer.of(paid.response());
        if (answer.status() != expected) {
            throw new DemonstrationFailed(
                    "POST %s answered %d %s".formatted(path, answer.status(), answer.body()));
        }
        console.line("signed", "a transfer of " + paid.paid().orElseThrow() + ", by the agent's wallet");
        console.line(
                "settled", "in %d ms, transaction %s".formatted(millis, paid.receipt().orElseThrow().transaction()));
        console.line("agent", change(agentBefore, AGENT));
        console.line("operator", change(operatorBefore, OPERATOR));
        return answer;
    }

    private String change(long before, int account) {
        return new Usdc(before) + " -> " + new Usdc(cloud.evm().balanceOf(cloud.evm().address(account)));
    }

    private JsonNode instance(String id) {
        Answer answer = agent.signed("GET", "/compute/instances/" + id);
        if (answer.status() != 200) {
            throw new DemonstrationFailed("GET /compute/instances/%s answered %d %s".formatted(
                    id, answer.status(), answer.body()));
        }
        return answer.order();
    }

    private int askProvider(String providerId) {
        HttpRequest request = HttpRequest
                .newBuilder(URI.create(cloud.provider().baseUrl() + "/instances/" + providerId))
                .header("Authorization", "Bearer " + ProviderSimulator.API_KEY)
                .timeout(TIMEOUT)
                .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new DemonstrationFailed("the provider does not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemonstrationFailed("interrupted");
        }
    }

    /** What was not as it should be. */
    static final class DemonstrationFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DemonstrationFailed(String message) {
            super(message);
        }
    }
}
