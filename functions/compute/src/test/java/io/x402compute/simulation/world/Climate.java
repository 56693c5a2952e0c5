package io.x402compute.simulation.world;

import java.util.SplittableRandom;

/**
 * What goes wrong in one history, and how often; another mixture in each, for one where everything goes wrong all the time shows
 * little.
 *
 * @param crashes of functions, per call of a port
 * @param refusedWrites of AWS services whose client gives up, per call; the call may have taken effect
 * @param slowness chance of a call to take seconds
 * @param facilitator trouble per settlement
 * @param chain trouble per reading of the chain
 * @param provider trouble per call of the provider
 * @param staleness chance that a function sees the catalogue of some minutes ago
 * @param indexLag of the tables' indexes, in milliseconds at most
 * @param listLag of new machines at the provider, in milliseconds at most
 * @param nodeLag of our node behind the chain, in milliseconds
 * @param refundsOnChain whether what is owed back goes back on the chain
 * @param repeatsSuccess whether a payment that is settled twice is answered with success twice, as Solana's are
 */
public record Climate(
        double crashes,
        double refusedWrites,
        double slowness,
        double facilitator,
        double chain,
        double provider,
        double staleness,
        int indexLag,
        int listLag,
        int nodeLag,
        boolean refundsOnChain,
        boolean repeatsSuccess) {

    /** The same world when nothing goes wrong. */
    Climate calm() {
        return new Climate(0, 0, 0.01, 0, 0, 0, 0, 1_000, 2_000, 2_000, refundsOnChain, repeatsSuccess);
    }

    static Climate of(SplittableRandom random) {
        return new Climate(
                one(random, 0, 0.01, 0.03, 0.08),
                one(random, 0, 0, 0.01, 0.04),
                one(random, 0.01, 0.03, 0.15),
                one(random, 0, 0.3, 0.6, 0.9),
                one(random, 0, 0.05, 0.3),
                one(random, 0, 0.1, 0.3, 0.5),
                one(random, 0, 0, 0.3),
                (int) one(random, 0, 1_000, 5_000),
                (int) one(random, 0, 3_000, 30_000),
                (int) one(random, 0, 2_000, 60_000),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private static double one(SplittableRandom random, double... of) {
        return of[random.nextInt(of.length)];
    }
}
