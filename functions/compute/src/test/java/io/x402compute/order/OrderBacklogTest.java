package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.x402compute.http.ManualClock;
import io.x402compute.metric.Metric;
import io.x402compute.payment.Claim;
import io.x402compute.payment.Claims;
import io.x402compute.payment.FakeLedger;
import io.x402compute.payment.PaymentState;

class OrderBacklogTest {
    private static final Duration AGE = Duration.ofMinutes(7);
    private static final Set<Metric> AGES = EnumSet.of(Metric.OLDEST_UNSETTLED_CLAIM, Metric.OLDEST_UNKNOWN_SETTLEMENT,
            Metric.OLDEST_UNDELIVERED_ORDER, Metric.OLDEST_OPEN_REFUND);

    private final ManualClock clock = new ManualClock(Claims.NOW);
    private final FakeLedger ledger = new FakeLedger();
    private final OrderBacklog backlog = new OrderBacklog(ledger, clock);

    @ParameterizedTest
    @CsvSource({
        "CLAIMED, OLDEST_UNSETTLED_CLAIM",
        "SETTLING, OLDEST_UNKNOWN_SETTLEMENT",
        "SETTLE_UNKNOWN, OLDEST_UNKNOWN_SETTLEMENT",
        "SETTLED, OLDEST_UNDELIVERED_ORDER",
        "REFUND_DUE, OLDEST_OPEN_REFUND",
        "REFUNDING, OLDEST_OPEN_REFUND",
        "REFUND_UNKNOWN, OLDEST_OPEN_REFUND"})
    void stuckOrderAgesWhereItIsStuckAndNowhereElse(PaymentState state, Metric age) {
        put(Claims.in(state).published());
        clock.advance(AGE);

        Map<Metric, BigDecimal> measured = measured();

        assertThat(measured.get(age)).isEqualTo(BigDecimal.valueOf(AGE.toSeconds()));
        assertThat(AGES).filteredOn(other -> other != age)
                .allSatisfy(other -> assertThat(measured.get(other)).as(other.name()).isZero());
        assertThat(measured.get(Metric.UNFINISHED_ORDERS)).isOne();
    }

    @ParameterizedTest
    @EnumSource(value = PaymentState.class, names = {"SETTLE_REFUSED", "FULFILLED", "CREDITED", "REFUNDED"})
    void orderOfWhichNobodyWaitsForAnythingIsNotOpen(PaymentState state) {
        put(Claims.in(state).published());
        clock.advance(AGE);

        assertThat(measured()).allSatisfy((metric, value) -> assertThat(value).as(metric.name()).isZero());
    }

    @Test
    void whatSomebodyIsAtIsCountedBeforeItsLeaseEnds() {
        put(Claims.in(PaymentState.SETTLED));
        clock.advance(Duration.ofSeconds(1));

        assertThat(measured().get(Metric.UNDELIVERED_ORDERS)).isOne();
    }

    @Test
    void whatIsTriedMoreAndMoreSeldomIsCountedBetweenTheTries() {
        put(Claims.in(PaymentState.SETTLE_UNKNOWN).unknown("", Claims.NOW.plus(Duration.ofMinutes(50))));
        clock.advance(AGE);

        assertThat(measured()).containsEntry(Metric.OLDEST_UNKNOWN_SETTLEMENT, BigDecimal.valueOf(AGE.toSeconds()));
    }

    @Test
    void theOldestIsTheOneThatIsTold() {
        put(Claims.in(PaymentState.SETTLED));
        clock.advance(AGE);
        put(Claims.in(PaymentState.SETTLED));

        assertThat(measured()).containsEntry(Metric.UNDELIVERED_ORDERS, BigDecimal.TWO)
                .containsEntry(Metric.OLDEST_UNDELIVERED_ORDER, BigDecimal.valueOf(AGE.toSeconds()));
    }

    @Test
    void whatIsOwedBackIsTheSumOfWhatWasPaid() {
        put(Claims.in(PaymentState.REFUND_DUE));
        put(Claims.in(PaymentState.REFUND_DUE));

        assertThat(measured()).containsEntry(Metric.OPEN_REFUNDS, BigDecimal.TWO)
                .containsEntry(Metric.OPEN_REFUND_AMOUNT, Claims.OFFER.amount().times(2).dollars());
    }

    @Test
    void eventOfAFinishedOrderThatIsNotPublishedAges() {
        put(Claims.in(PaymentState.CREDITED));
        clock.advance(AGE);

        assertThat(measured()).containsEntry(Metric.OLDEST_ORDER_EVENT, BigDecimal.valueOf(AGE.toSeconds()))
                .containsEntry(Metric.UNFINISHED_ORDERS, BigDecimal.ZERO);
    }

    @Test
    void measuringEndsInTimeWhateverThereIs() {
        put(Claims.in(PaymentState.SETTLED));

        assertThat(backlog.gauges(clock.instant())).isNotEmpty()
                .allSatisfy(gauge -> assertThat(gauge.value()).isZero());
    }

    private void put(Claim claim) {
        ledger.claim(claim);
    }

    private Map<Metric, BigDecimal> measured() {
        Instant soon = clock.instant().plusSeconds(1);
        Map<Metric, BigDecimal> values = new EnumMap<>(Metric.class);
        backlog.gauges(soon).forEach(gauge -> values.put(gauge.metric(), gauge.value()));
        return values;
    }
}
