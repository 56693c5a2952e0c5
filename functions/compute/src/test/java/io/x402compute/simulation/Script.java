package io.x402compute.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import io.x402compute.simulation.actor.Deed;
import io.x402compute.simulation.world.Mishap;

/**
 * What is going to happen in one history, as far as that is decided beforehand.
 *
 * @param seed of everything that is not
 * @param stormMillis for how long things go wrong
 * @param spared what does not go wrong although it would
 */
public record Script(long seed, List<Deed> deeds, long stormMillis, Set<Mishap> spared) {
    private static final long MINUTE = 60_000;
    private static final int MOST_DEEDS = 12;

    public Script {
        deeds = List.copyOf(deeds);
        spared = Set.copyOf(spared);
    }

    /** Something to buy at the beginning, then anything; some histories are long enough for leases to end in bad weather. */
    public static Script of(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L);
        long storm = MINUTE * (random.nextInt(3) == 0 ? 75 : 5 + random.nextInt(15));
        List<Deed> deeds = new ArrayList<>();
        int count = 3 + random.nextInt(MOST_DEEDS - 2);
        Deed.Kind[] kinds = Deed.Kind.values();
        // In some of them most of what is bought are runs.
        boolean runs = seed % 4 == 3;
        for (int number = 0; number < count; number++) {
            Deed.Kind kind = number == 0 || random.nextInt(3) == 0
                    ? purchase(runs, random.nextBoolean())
                    : kinds[random.nextInt(kinds.length)];
            long latest = kind == Deed.Kind.BUY ? Math.min(storm, 10 * MINUTE) : storm;
            deeds.add(new Deed(number, kind, number == 0 ? 0 : random.nextLong(latest)));
        }
        return new Script(seed, deeds, storm, Set.of());
    }

    private static Deed.Kind purchase(boolean runs, boolean once) {
        if (runs) {
            return once ? Deed.Kind.RUN : Deed.Kind.RUN_TWICE_AT_ONCE;
        }
        return once ? Deed.Kind.BUY : Deed.Kind.BUY_TWICE_AT_ONCE;
    }

    public Script without(Deed deed) {
        return new Script(seed, deeds.stream().filter(other -> !other.equals(deed)).toList(), stormMillis, spared);
    }

    public Script sparing(Mishap mishap) {
        List<Mishap> all = new ArrayList<>(spared);
        all.add(mishap);
        return new Script(seed, deeds, stormMillis, Set.copyOf(all));
    }
}
