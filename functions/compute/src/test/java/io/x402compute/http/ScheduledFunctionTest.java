package io.x402compute.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

class ScheduledFunctionTest {
    private final FakeContext context = new FakeContext();

    @Test
    void runLogsItsCountsOnOneLine() {
        new Sweep(deadline -> {
            assertThat(deadline).isEqualTo("2026-01-01T00:00:30Z");
            return Map.of("swept", 3L);
        }).handleRequest(Map.of(), context);

        assertThat(context.lines()).containsExactly(
                "{\"request_id\":\"lambda-request\",\"route\":\"Sweep\",\"swept\":3,\"duration_ms\":0}");
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

        Sweep(Function<Instant, Map<String, Long>> run) {
            super(new ManualClock(Instant.parse("2026-01-01T00:00:00Z")));
            this.run = run;
        }

        @Override
        protected Map<String, Long> run(Instant deadline) {
            return run.apply(deadline);
        }
    }
}
