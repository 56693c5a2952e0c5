package io.x402compute.simulation.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongFunction;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.simulation.FirstBroken;

/** A simulation that finds nothing may be blind. This one finds each of these faults. */
class MutationsTest {
    private static final long HISTORIES = Long.getLong("simulation.mutation.histories", 60_000);

    static List<Mutation> mutations() {
        return Mutations.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
    void isFoundByTheSimulation(Mutation mutation) throws ReflectiveOperationException {
        Object simulation = new MutatedClasses(mutation).loadClass(FirstBroken.class.getName())
                .getConstructor(long.class).newInstance(mutation.firstHistory());

        assertThat(found(simulation)).as("the rule that is broken, and where").isNotEmpty();
    }

    /** Its class is another one than ours; the interface is the same. */
    @SuppressWarnings("unchecked")
    private static String found(Object simulation) {
        return ((LongFunction<String>) simulation).apply(HISTORIES);
    }
}
