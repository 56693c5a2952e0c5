package io.x402compute.facilitation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.facilitation.SettleOutcome.Failed;
import io.x402compute.facilitation.SettleOutcome.Settled;
import io.x402compute.http.ManualClock;
import io.x402compute.payment.FakeLedger;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Usdc;

/** A function dies beside each of its calls to the table, before it has an effect or after: money moves once, and nobody is told so twice. */
class FacilitationCrashTest {
    /** More than a settlement makes. */
    private static final int MOST_CALLS = 8;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final FakeRail rail = new FakeRail();
    private final FakeFacilitations rows = new FakeFacilitations();

    static Stream<Arguments> deaths() {
        return IntStream.rangeClosed(1, MOST_CALLS).boxed()
                .flatMap(call -> Stream.of(Arguments.of(call, true), Arguments.of(call, false)));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void whereverAFunctionDiesMoneyMovesOnceAndIsToldOnceAtMost(int call, boolean before) {
        List<SettleOutcome> told = new ArrayList<>();
        boolean died = false;
        try {
            told.add(settle(new Mortal(rows, call, before), "first"));
        } catch (Death death) {
            died = true;
        }
        told.add(settle(rows, "at once"));
        clock.advance(Duration.ofMinutes(2));
        new FacilitationResumption(rows, rail, rail, () -> {}, clock).resume(clock.instant().plusSeconds(60));
        told.add(settle(rows, "later"));
        told.add(settle(rows, "again"));

        assertThat(rail.transfers()).isOne();
        assertThat(told.stream().filter(Settled.class::isInstance)).hasSizeLessThanOrEqualTo(1);
        assertThat(told.getLast()).isInstanceOf(Failed.class);
        if (!died) {
            assertThat(told.getFirst()).isInstanceOf(Settled.class);
        }
    }

    private SettleOutcome settle(Facilitations seen, String name) {
        FacilitatorService service = new FacilitatorService(new ServedPayments(new Usdc(10_000), Set.of()), seen,
                new FakeLedger(), rail, rail, clock);
        return service.settle(new Call(Presented.v2(), name, clock.instant().plusSeconds(60)));
    }

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The table as a function sees it that dies at one of its calls. */
    private static final class Mortal implements Facilitations {
        private final Facilitations rows;
        private final int last;
        private final boolean before;
        private int calls;

        Mortal(Facilitations rows, int last, boolean before) {
            this.rows = rows;
            this.last = last;
            this.before = before;
        }

        @Override
        public Optional<Facilitation> find(PaymentKey key) {
            return pass(() -> rows.find(key));
        }

        @Override
        public Optional<Facilitation> insert(Facilitation fresh) {
            return pass(() -> rows.insert(fresh));
        }

        @Override
        public boolean save(Facilitation next) {
            return pass(() -> rows.save(next));
        }

        @Override
        public List<PaymentKey> due(Instant now) {
            return pass(() -> rows.due(now));
        }

        private <A> A pass(Supplier<A> effect) {
            calls++;
            if (calls == last && before) {
                throw new Death();
            }
            A answer = effect.get();
            if (calls == last) {
                throw new Death();
            }
            return answer;
        }
    }
}
