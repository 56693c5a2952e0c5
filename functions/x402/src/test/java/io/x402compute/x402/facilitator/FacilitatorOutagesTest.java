package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Vectors;

/** Three facilitators that come and go, payments that are taken up again and again, and a chain that they share. */
class FacilitatorOutagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int PAYMENTS = 12;
    private static final int STEPS = 150;

    @Property(tries = 100)
    void everyPaymentIsSettledOnceAndByOneFacilitatorOnly(@ForAll long seed) {
        World world = new World(new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            world.live();
        }
        world.recover();

        assertThat(world.chain).hasSize(PAYMENTS);
        world.stored.forEach((nonce, handle) -> assertThat(world.whoWasAskedToSettle(nonce))
                .containsExactly(handle.facilitator()));
    }

    private static final class World {
        private final OnchainBench.TestClock clock = new OnchainBench.TestClock(Instant.ofEpochSecond(1_790_000_000));
        private final Set<String> chain = new HashSet<>();
        private final SequencedMap<String, SimulatedFacilitator> remotes = new LinkedHashMap<>();
        private final Map<String, SettlementHandle> stored = new HashMap<>();
        private final Random random;
        private FacilitatorsByPreference facilitators;

        World(Random random) {
            this.random = random;
            for (String name : List.of("first", "second", "third")) {
                remotes.put(name, new SimulatedFacilitator(clock, chain));
            }
            restart();
        }

        void live() {
            switch (random.nextInt(6)) {
                case 0 -> any().isDown(random.nextBoolean());
                case 1 -> any().takes(Duration.ofSeconds(10L * random.nextInt(3)));
                case 2 -> clock.advance(Duration.ofSeconds(random.nextInt(60)));
                case 3 -> restart();
                default -> advance(payment(random.nextInt(PAYMENTS)));
            }
        }

        void recover() {
            remotes.values().forEach(remote -> remote.isDown(false));
            remotes.values().forEach(remote -> remote.takes(Duration.ZERO));
            clock.advance(Duration.ofMinutes(10));
            for (int number = 0; number < PAYMENTS; number++) {
                advance(payment(number));
            }
        }

        /** As an order is advanced: the chain is read, what is prepared is stored, and only then is it sent. */
        private void advance(Payment payment) {
            String nonce = nonce(payment);
            if (chain.contains(nonce)) {
                return;
            }
            if (!stored.containsKey(nonce)
                    && facilitators.prepare(payment) instanceof Preparation.Prepared(SettlementHandle handle)) {
                stored.put(nonce, handle);
            }
            if (stored.containsKey(nonce)) {
                facilitators.settle(payment, stored.get(nonce), PATIENCE);
            }
        }

        /** Another process, which has everything to learn. */
        private void restart() {
            SequencedMap<String, Facilitator> inOrder = new LinkedHashMap<>();
            remotes.forEach((name, remote) -> inOrder.put(name,
                    new RemoteFacilitator(remote, Vectors.RESOURCE, Duration.ofSeconds(20), clock, clock::advance)));
            facilitators = new FacilitatorsByPreference(inOrder, clock);
        }

        List<String> whoWasAskedToSettle(String nonce) {
            List<String> names = new ArrayList<>();
            remotes.forEach((name, remote) -> {
                if (remote.askedToSettle().contains(nonce)) {
                    names.add(name);
                }
            });
            return names;
        }

        private SimulatedFacilitator any() {
            return List.copyOf(remotes.values()).get(random.nextInt(remotes.size()));
        }
    }

    private static String nonce(Payment payment) {
        return ((SchemePayload.Eip3009) payment.payload().schemePayload()).authorization().nonce();
    }

    private static Payment payment(int number) {
        Eip3009Authorization authorization = new Eip3009Authorization(Vectors.PAYER, Vectors.PAY_TO,
                BigInteger.valueOf(10_000), BigInteger.ZERO, BigInteger.valueOf(2_000_000_000),
                "0x%064x".formatted(number));
        return new Payment(Vectors.offer().paidWith(
                Vectors.canonical(new SchemePayload.Eip3009(authorization, Vectors.SIGNATURE))), Vectors.OFFER);
    }
}
