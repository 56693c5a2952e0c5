package io.x402compute.local;

import java.io.PrintStream;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.local.client.MachineChoice;

/**
 * Buys a machine from the command line: {@code buy [plan [region [hours]]]}, by default the cheapest with a GPU for a
 * day. Who pays is in the environment: {@link Buyer}.
 */
public final class Buy {
    private static final int DEFAULT_HOURS = 24;
    private static final String USAGE = "usage: buy [plan [region [hours]]]";

    private Buy() {}

    public static void main(String[] arguments) {
        try {
            System.exit(buy(arguments, System.out) ? 0 : 1);
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static boolean buy(String[] arguments, PrintStream out) {
        if (arguments.length > 3) {
            throw new IllegalArgumentException(USAGE);
        }
        Buyer buyer = Buyer.of(System.getenv());
        MachineChoice choice = choice(buyer.client().get("/compute/plans").body(), arguments);
        out.println(choice);
        return buyer.pay("/compute/provision", choice.request(buyer.network()), out).status() == 201;
    }

    private static MachineChoice choice(JsonNode plans, String[] arguments) {
        if (arguments.length == 0) {
            return MachineChoice.cheapestWithGpu(plans, DEFAULT_HOURS);
        }
        JsonNode plan = plans.path("plans").valueStream()
                .filter(candidate -> candidate.path("id").asText().equals(arguments[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such plan: " + arguments[0]));
        Optional<String> region = arguments.length > 1 ? Optional.of(arguments[1]) : Optional.empty();
        int hours = arguments.length > 2 ? Integer.parseInt(arguments[2]) : DEFAULT_HOURS;
        return MachineChoice.of(plan, region, hours);
    }
}
