package io.x402compute.inference;

import java.util.Map;

/**
 * What a run has used, as its upstream counts it, or as we do where it says nothing.
 *
 * @param amounts what is not in it was not used
 */
public record Usage(Map<Meter, Long> amounts) {

    public Usage {
        amounts = Map.copyOf(amounts);
    }

    public static Usage of(Meter meter, long amount) {
        return new Usage(Map.of(meter, amount));
    }

    public long of(Meter meter) {
        return amounts.getOrDefault(meter, 0L);
    }
}
