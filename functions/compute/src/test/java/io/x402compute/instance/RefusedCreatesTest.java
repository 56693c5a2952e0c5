package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.x402compute.http.ManualClock;
import io.x402compute.instance.FakeProvider.Trouble;

class RefusedCreatesTest {
    private final ManualClock clock = new ManualClock(Rentals.NOW);
    private final FakeProvider provider = new FakeProvider(clock);
    private final List<String> reports = new ArrayList<>();
    private final FakeInstances instances = new FakeInstances();
    private final InstanceCreator creator = new InstanceCreator(instances,
            new RefusedCreates(provider, (operation, spec, refusal) -> reports.add(operation + " " + refusal.text())),
            Rentals.SEAL, clock);

    @Test
    void refusalIsToldOnceHoweverOftenTheOrderIsLookedAt() {
        provider.next(Trouble.REFUSED);
        Instance refused = creator.order(Rentals.ordered(24, Rentals.NOW), clock.instant().plusSeconds(29));
        creator.bringUp(refused, clock.instant().plusSeconds(29));

        assertThat(reports)
                .containsExactly(refused.operationId() + " Plan is not available in this location");
    }

    @Test
    void whatWasNotRefusedIsNotTold() {
        for (Trouble trouble : List.of(Trouble.DEFERRED, Trouble.ANSWER_LOST, Trouble.REQUEST_LOST)) {
            provider.next(trouble);
            creator.order(Rentals.ordered(24, Rentals.NOW), clock.instant().plusSeconds(29));
        }
        creator.order(Rentals.ordered(24, Rentals.NOW), clock.instant().plusSeconds(29));

        assertThat(reports).isEmpty();
    }
}
