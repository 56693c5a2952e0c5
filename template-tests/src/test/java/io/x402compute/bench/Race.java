package io.x402compute.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contenders that take turns, round by round; of each its median round counts. */
final class Race {
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final int ROUNDS = 7;

    private final Map<String, Contender> contenders = new LinkedHashMap<>();

    Race enter(String name, Contender contender) {
        contenders.put(name, contender);
        return this;
    }

    /** How often each did its work in a second. */
    Map<String, Double> run() {
        contenders.values().forEach(contender -> contender.perSecond(WARM_UP));
        Map<String, List<Double>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            contenders.forEach((name, contender) -> rounds.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(contender.perSecond(TURN)));
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        rounds.forEach((name, measured) -> medians.put(name, median(measured)));
        return medians;
    }

    private static double median(List<Double> measured) {
        return measured.stream().sorted().toList().get(measured.size() / 2);
    }
}
