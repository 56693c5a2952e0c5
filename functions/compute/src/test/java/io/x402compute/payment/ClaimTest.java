package io.x402compute.payment;

import static io.x402compute.payment.PaymentState.CLAIMED;
import static io.x402compute.payment.PaymentState.CREDITED;
import static io.x402compute.payment.PaymentState.FULFILLED;
import static io.x402compute.payment.PaymentState.REFUND_DUE;
import static io.x402compute.payment.PaymentState.SETTLED;
import static io.x402compute.payment.PaymentState.SETTLE_REFUSED;
import static io.x402compute.payment.PaymentState.SETTLE_UNKNOWN;
import static io.x402compute.payment.PaymentState.SETTLING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class ClaimTest {
    private static final Instant NOW = Claims.NOW;

    /** One arrow of the machine: where it leads, and from where alone. */
    record Arrow(String name, UnaryOperator<Claim> step, PaymentState to, Set<PaymentState> from) {
        Arguments from(PaymentState state) {
            return Arguments.of(name, state, this);
        }
    }

    private static final Stream<Arrow> ARROWS = Stream.of(
            new Arrow("settling", claim -> claim.settling(Claims.HANDLE, NOW), SETTLING, Set.of(CLAIMED)),
            new Arrow("unknown", claim -> claim.unknown("", NOW), SETTLE_UNKNOWN, Set.of(SETTLING, SETTLE_UNKNOWN)),
            new Arrow("refused", claim -> claim.refused("no", NOW), SETTLE_REFUSED,
                    Set.of(CLAIMED, SETTLING, SETTLE_UNKNOWN, SETTLE_REFUSED)),
            new Arrow("retried", claim -> claim.retried(NOW), CLAIMED, Set.of(SETTLE_REFUSED)),
            new Arrow("settled", claim -> claim.settled(Claims.TRANSACTION, NOW), SETTLED,
                    Set.of(CLAIMED, SETTLING, SETTLE_UNKNOWN)),
            new Arrow("settledTooLate", claim -> claim.settledTooLate(Claims.TRANSACTION, NOW), REFUND_DUE,
                    Set.of(SETTLE_REFUSED)),
            new Arrow("fulfilled", Claim::fulfilled, FULFILLED, Set.of(SETTLED)),
            new Arrow("refundDue", claim -> claim.refundDue("no_capacity"), REFUND_DUE, Set.of(SETTLED)),
            new Arrow("credited", claim -> claim.credited(NOW), CREDITED, Set.of(REFUND_DUE)));

    static final List<Arguments> EVERY_ARROW_FROM_EVERY_STATE = ARROWS
            .flatMap(arrow -> Arrays.stream(PaymentState.values()).map(arrow::from))
            .toList();

    @ParameterizedTest(name = "{0} from {1}")
    @FieldSource("EVERY_ARROW_FROM_EVERY_STATE")
    void arrowLeavesOnlyTheStatesItMay(String name, PaymentState state, Arrow arrow) {
        Claim claim = Claims.in(state);

        if (arrow.from().contains(state)) {
            Claim next = arrow.step().apply(claim);
            assertThat(next.state()).isEqualTo(arrow.to());
            assertThat(next.version()).isEqualTo(claim.version() + 1);
        } else {
            assertThatIllegalStateException().isThrownBy(() -> arrow.step().apply(claim))
                    .withMessageContaining(claim.order().orderId().toString()).withMessageContaining(state.name());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FULFILLED", "CREDITED"})
    void finalClaimRestsOnceItsEventsArePublished(PaymentState done) {
        Claim claim = Claims.in(done);

        assertThat(claim.attendAt()).contains(NOW);
        assertThat(claim.published().attendAt()).isEmpty();
    }

    @Test
    void refusalThatIsProvenForGoodRests() {
        assertThat(Claims.in(SETTLING).refused("payment_expired", Instant.MAX).attendAt()).isEmpty();
    }

    @Test
    void refusalThatMayStillSettleIsLookedAtOnceMore() {
        assertThat(Claims.in(SETTLE_REFUSED).attendAt()).contains(Claims.SOON);
    }

    @Test
    void retriedPaymentIsSettledUnderANewHandle() {
        Claim retried = Claims.in(SETTLE_REFUSED).retried(Claims.LEASE_END);

        assertThat(retried.handle()).isEmpty();
        assertThat(retried.transaction()).isEmpty();
        assertThat(retried.isLeased(NOW)).isTrue();
    }

    @Test
    void transactionThatWasExpectedIsNotForgottenWhenNobodyKnows() {
        assertThat(Claims.in(SETTLING).unknown("", NOW).transaction()).isEqualTo(Claims.TRANSACTION);
        assertThat(Claims.in(SETTLING).unknown("0xother", NOW).transaction()).isEqualTo("0xother");
    }
}
