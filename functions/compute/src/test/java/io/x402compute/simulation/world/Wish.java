package io.x402compute.simulation.world;

import java.util.List;
import java.util.Optional;

import io.x402compute.instance.InstanceId;

/** What somebody wants to buy: the request, without any payment. */
public sealed interface Wish {

    String body();

    /** Hours of a machine that are wanted. */
    int hours();

    /** A new machine. */
    record AMachine(int hours, boolean keyless) implements Wish {
        private static final String WITH_KEY = """
                {"plan":"%s","region":"%s","prepaid_hours":%d,
                 "ssh_public_key":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFQ5zTnX0mC4i8fWBl1l3XlhhW3uZyYhYfD2oPGCoTc"}""";
        private static final String KEYLESS = """
                {"plan":"%s","region":"%s","prepaid_hours":%d}""";

        @Override
        public String body() {
            return (keyless ? KEYLESS : WITH_KEY).formatted(Shelf.PLAN, Shelf.REGION, hours);
        }
    }

    /** More time for a machine. */
    record Time(InstanceId machine, int hours) implements Wish {
        @Override
        public String body() {
            return "{\"extend_hours\":%d}".formatted(hours);
        }
    }

    /** Credit, for whole dollars. */
    record Credit(int dollars) implements Wish {
        @Override
        public String body() {
            return "{\"amount\":%d}".formatted(dollars);
        }

        @Override
        public int hours() {
            return 0;
        }
    }

    /** A run of a model. */
    record ARun(String service) implements Wish {

        public boolean isMetered() {
            return service.equals(HostileUpstream.METERED);
        }

        /** One with a price, one that is metered, one that takes long. */
        public static final List<String> SERVICES = List.of("image-4090", "llm-4090", "video");

        @Override
        public String body() {
            return "{\"service\":\"%s\",\"input\":{\"prompt\":\"hello\"}}".formatted(service);
        }

        @Override
        public int hours() {
            return 0;
        }
    }

    /** The machine that is to be extended. */
    default Optional<InstanceId> target() {
        return this instanceof Time time ? Optional.of(time.machine()) : Optional.empty();
    }
}
