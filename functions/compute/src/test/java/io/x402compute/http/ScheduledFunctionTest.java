package io.x402compute.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;

class ScheduledFunctionTest {
    private final FakeContext context = new FakeContext();

    @Test
    void runLogsItsCountsOnOneLine() {
        new Sweep(deadline -> {
            assertThat(deadline).isEqualTo("2026-01-01T00:00:26Z");
            return Map.of("swept", 3L);
        }).handleRequest(Map.of(), context);

        assertThat(context.lines()).singleElement().asString()
                .startsWith("{\"request_id\":\"lambda-request\",\"route\":\"Sweep\",\"swept\":3,\"Runs\":1,\"_aws\":{")
                .endsWith("},\"duration_ms\":0}");
    }

    @Test
    void runThatFailsIsMeasuredAllTheSame() {
        Sweep sweep = new Sweep(deadline -> {
            throw new RunFailed("provider_unavailable");
        }, () -> List.of(Gauge.of(Metric.OLDEST_DUE_LEASE, 600)));

        assertThatThrownBy(() -> sweep.handleRequest(Map.of(), context)).hasMessage("provider_unavailable");
        assertThat(context.lines()).singleElement().asString()
                .contains("\"code\":\"provider_unavailable\",\"Runs\":1,\"OldestDueLease\":600,\"_aws\"");
    }

    @Test
    void runThatCannotBeMeasuredHasFailedAndHasRun() {
        Sweep sweep = new Sweep(deadline -> Map.of("swept", 3L), () -> {
            throw new IllegalStateException("no table");
        });

        assertThatThrownBy(() -> sweep.handleRequest(Map.of(), context))
                .hasMessage("java.lang.IllegalStateException");
        assertThat(context.lines()).singleElement().asString().contains("\"swept\":3", "\"Runs\":1");
    }

    @Test
    void failedRunFailsTheInvocationWithoutQuotingWhatItRead() {
        Sweep sweep = new Sweep(deadline -> {
            throw new IllegalArgumentException("password hunter2");
        });

        assertThatThrownBy(() -> sweep.handleRequest(Map.of(), context)).hasNoCause()
                .hasMessage("java.lang.IllegalArgumentException");
        assertThat(context.lines()).singleElement().asString().contains("IllegalArgumentException")
                .doesNotContain("hunter2");
    }

    private static final class Sweep extends ScheduledFunction {
        private final Function<Instant, Map<String, Long>> run;
        private final Supplier<List<Gauge>> left;

        Sweep(Function<Instant, Map<String, Long>> run) {
            this(run, List::of);
        }

        Sweep(Function<Instant, Map<String, Long>> run, Supplier<List<Gauge>> left) {
            super(new ManualClock(Instant.parse("2026-01-01T00:00:00Z")));
            this.run = run;
            this.left = left;
        }

        @Override
        protected Map<String, Long> run(Instant deadline) {
            return run.apply(deadline);
        }

        @Override
        protected List<Gauge> measure(Instant deadline) {
            assertThat(deadline).isEqualTo("2026-01-01T00:00:29Z");
            return left.get();
        }
    }
}
