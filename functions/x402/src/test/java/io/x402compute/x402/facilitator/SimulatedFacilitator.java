package io.x402compute.x402.facilitator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.Vectors;
import io.x402compute.x402.protocol.WireJson;

/**
 * A remote facilitator that takes virtual time. It lists what it supports, calls every payment good, and settles each that is not settled on
 * its chain yet, unless it is told to answer something else, to be down, or to be slow: then it does its work, and nobody hears of it.
 */
final class SimulatedFacilitator implements FacilitatorCalls {
    static final FacilitatorReply LOST = new FacilitatorReply.Silence("connection reset", true);

    private final OnchainBench.TestClock clock;
    private final Set<String> chain;
    private final Queue<FacilitatorReply> replies = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> askedToSettle = new ArrayList<>();
    private Duration takes = Duration.ZERO;
    private boolean isDown;
    private String supported = SupportedKindsTest.SAMPLES;

    /** @param chain the nonces that are used, shared by all who settle on it */
    SimulatedFacilitator(OnchainBench.TestClock clock, Set<String> chain) {
        this.clock = clock;
        this.chain = chain;
    }

    static FacilitatorAnswer answer(int status, String json) {
        return new FacilitatorAnswer(status, json(json), Optional.empty());
    }

    /** Answers this next, and does nothing else. */
    SimulatedFacilitator answers(FacilitatorReply reply) {
        replies.add(reply);
        return this;
    }

    void lists(String json) {
        supported = json;
    }

    void takes(Duration time) {
        takes = time;
    }

    void isDown(boolean down) {
        isDown = down;
    }

    /** Paths, in the order of the questions. */
    List<String> asked() {
        return asked;
    }

    /** The nonces of what it was asked to settle, as often as it was. */
    List<String> askedToSettle() {
        return askedToSettle;
    }

    @Override
    public FacilitatorReply get(String path, Duration timeout) {
        return exchange(path, () -> answer(200, supported), timeout);
    }

    @Override
    public FacilitatorReply post(String path, ObjectNode envelope, Duration timeout) {
        String nonce = envelope.at("/paymentPayload/payload/authorization/nonce").textValue();
        if (path.equals("verify")) {
            return exchange(path, () -> answer(200, "{\"isValid\":true}"), timeout);
        }
        askedToSettle.add(nonce);
        return exchange(path, () -> settled(nonce), timeout);
    }

    private FacilitatorAnswer settled(String nonce) {
        return chain.add(nonce)
                ? answer(200, "{\"success\":true,\"transaction\":\"%s\",\"network\":\"%s\"}".formatted(nonce,
                        Vectors.OFFER.network().caip2()))
                : answer(200, "{\"success\":false,\"errorReason\":\"invalid_exact_evm_nonce_already_used\"}");
    }

    private FacilitatorReply exchange(String path, Supplier<FacilitatorAnswer> work,
            Duration timeout) {
        asked.add(path);
        if (isDown) {
            return new FacilitatorReply.Silence("connection refused", false);
        }
        FacilitatorReply reply = replies.isEmpty() ? work.get() : replies.remove();
        if (takes.compareTo(timeout) > 0) {
            clock.advance(timeout);
            return new FacilitatorReply.Silence("timed out", false);
        }
        clock.advance(takes);
        return reply;
    }

    private static ObjectNode json(String text) {
        return WireJson.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
