package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.local.provider.Fault;
import io.x402compute.local.provider.LoggedRequest;

/** The provider has had enough. Runs of their own: a function that was told so stays silent for a while, in real time. */
class ThrottledProviderTest {

    @Nested
    class ForAnHour {
        @RegisterExtension
        static final RunningCloud running = RunningCloud.untouched();

        @Test
        void isHonouredWithoutMakingTheCustomerWait() {
            throttledOrderIsPlacedOnce(running, Optional.of("3600"));
        }
    }

    @Nested
    class WithoutSayingForHowLong {
        @RegisterExtension
        static final RunningCloud running = RunningCloud.untouched();

        @Test
        void isHonouredToo() {
            throttledOrderIsPlacedOnce(running, Optional.empty());
        }
    }

    private static void throttledOrderIsPlacedOnce(RunningCloud running, Optional<String> retryAfter) {
        running.provider().inject(new Fault.TooManyRequests(retryAfter));

        Sale sale = Sale.of(running, running.agent(1));
        sale.again();

        assertThat(sale.answer().status()).isEqualTo(201);
        assertThat(orders(running)).as("not sent again").hasSize(1);
        assertThat(sale.machines()).isEmpty();
        // The other functions were not told to be silent.
        sale.untilActive().assertDelivered();
        assertThat(sale.machines()).hasSize(1);
        assertThat(orders(running)).hasSize(2);
    }

    private static List<LoggedRequest> orders(RunningCloud running) {
        return running.provider().requests().stream().filter(request -> request.method().equals("POST")).toList();
    }
}
