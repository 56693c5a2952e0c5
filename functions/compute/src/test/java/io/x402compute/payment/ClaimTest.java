package io.x402compute.payment;

import static io.x402compute.payment.PaymentState.CLAIMED;
import static io.x402compute.payment.PaymentState.CREDITED;
import static io.x402compute.payment.PaymentState.FULFILLED;
import static io.x402compute.payment.PaymentState.RAN;
import static io.x402compute.payment.PaymentState.REFUNDED;
import static io.x402compute.payment.PaymentState.REFUNDING;
import static io.x402compute.payment.PaymentState.REFUND_DUE;
import static io.x402compute.payment.PaymentState.REFUND_UNKNOWN;
import static io.x402compute.payment.PaymentState.RUNNING;
import static io.x402compute.payment.PaymentState.RUN_FAILED;
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

import io.x402compute.x402.evm.ExactEvmTerms;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;

class ClaimTest {
    private static final Instant NOW = Claims.NOW;

    /** One arrow of the machine: where it leads, and from where alone. */
    record Arrow(String name, UnaryOperator<Claim> step, PaymentState to, Set<PaymentState> from) {
        Arguments from(PaymentState state) {
            return Arguments.of(name, state, this);
        }
    }

    private static final Stream<Arrow> ARROWS = Stream.of(
            new Arrow("settling", claim -> claim.settling(Claims.HANDLE, NOW), SETTLING, Set.of(CLAIMED, RAN)),
            new Arrow("running", Claim::running, RUNNING, Set.of(CLAIMED)),
            new Arrow("ran", claim -> claim.ran(claim.amount()), RAN, Set.of(RUNNING)),
            new Arrow("runFailed", claim -> claim.runFailed("upstream_failed", NOW), RUN_FAILED,
                    Set.of(CLAIMED, RUNNING)),
            new Arrow("unknown", claim -> claim.unknown("", NOW), SETTLE_UNKNOWN, Set.of(SETTLING, SETTLE_UNKNOWN)),
            new Arrow("refused", claim -> claim.refused("no", NOW), SETTLE_REFUSED,
                    Set.of(CLAIMED, RAN, SETTLING, SETTLE_UNKNOWN, SETTLE_REFUSED)),
            new Arrow("retried", claim -> claim.retried(NOW), CLAIMED, Set.of(SETTLE_REFUSED)),
            new Arrow("settled", claim -> claim.settled(Claims.TRANSACTION, NOW), SETTLED,
                    Set.of(CLAIMED, RAN, SETTLING, SETTLE_UNKNOWN)),
            new Arrow("settledTooLate", claim -> claim.settledTooLate(Claims.TRANSACTION, Remedy.CREDIT, NOW),
                    REFUND_DUE, Set.of(SETTLE_REFUSED, RUN_FAILED)),
            new Arrow("fulfilled", Claim::fulfilled, FULFILLED, Set.of(SETTLED)),
            new Arrow("refundDue", claim -> claim.refundDue("no_capacity", Remedy.CREDIT), REFUND_DUE, Set.of(SETTLED)),
            new Arrow("repriced", claim -> claim.repriced(Claims.HANDLE, NOW), SETTLING,
                    Set.of(SETTLING, SETTLE_UNKNOWN)),
            new Arrow("refundSent", claim -> claim.refundSent(Claims.HANDLE, NOW), REFUNDING,
                    Set.of(REFUNDING, REFUND_UNKNOWN)),
            new Arrow("refundUnknown", claim -> claim.refundUnknown("", NOW), REFUND_UNKNOWN,
                    Set.of(REFUNDING, REFUND_UNKNOWN)),
            new Arrow("refundHeld", claim -> claim.refundHeld("no_funds", NOW), REFUND_UNKNOWN,
                    Set.of(REFUNDING, REFUND_UNKNOWN)),
            new Arrow("refunded", claim -> claim.refunded(Claims.TRANSACTION, NOW), REFUNDED,
                    Set.of(REFUNDING, REFUND_UNKNOWN)),
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
    @EnumSource(names = {"FULFILLED", "CREDITED", "REFUNDED"})
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
    void whatHasRunIsSettledAgainWithoutRunningAgain() {
        assertThat(Claims.ran(SETTLE_REFUSED).retried(NOW).state()).isEqualTo(RAN);
        assertThat(Claims.ran(SETTLING).renumbered(NOW).state()).isEqualTo(RAN);
        assertThat(Claims.in(SETTLING).renumbered(NOW).state()).isEqualTo(CLAIMED);
    }

    @Test
    void aFailedRunThatIsPaidAllTheSameIsOwedBackForThat() {
        assertThat(Claims.in(RUN_FAILED).settledTooLate(Claims.TRANSACTION, Remedy.CREDIT, NOW).reason())
                .isEqualTo(Claim.RUN_FAILED);
    }

    @Test
    void whatIsToBeRefundedIsNotCreditedUnlessThatIsWrittenDownFirst() {
        Claim due = Claims.toBeRefunded(Claims.fresh());

        assertThatIllegalStateException().isThrownBy(() -> due.credited(NOW));
        assertThat(due.creditDue().credited(NOW).state()).isEqualTo(CREDITED);
    }

    @Test
    void whatMayHaveBeenCreditedIsNeverRefunded() {
        Claim due = Claims.in(REFUND_DUE);

        assertThatIllegalStateException().isThrownBy(() -> Claims.signed(due));
        assertThatIllegalStateException().isThrownBy(() -> Claims.signed(Claims.in(CREDITED)));
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUNDING", "REFUND_UNKNOWN"})
    void aRefundThatIsProvenDeadCanBeSignedAnewOrCredited(PaymentState state) {
        Claim again = Claims.signed(Claims.in(state));

        assertThat(again.state()).isEqualTo(REFUNDING);
        assertThat(again.refund().orElseThrow().handle()).isEmpty();
        assertThat(Claims.in(state).creditDue().refund()).isEmpty();
    }

    @Test
    void everyRefundOfAnOrderHasTheSameNonceAndNoOthersHas() {
        Claim due = Claims.toBeRefunded(Claims.fresh());

        assertThat(due.refundTerms().nonce()).isEqualTo(Claims.signed(Claims.signed(due)).refundTerms().nonce())
                .isNotEqualTo(Claims.toBeRefunded(Claims.fresh()).refundTerms().nonce());
    }

    @Test
    void theRefundGoesToThePayerOverTheSameAmount() {
        Claim claim = Claims.signed(Claims.toBeRefunded(Claims.fresh()));

        Payment refund = claim.refund().orElseThrow().transfer().orElseThrow();
        assertThat(refund.requirements().payTo()).isEqualToIgnoringCase(claim.payer().address());
        assertThat(refund.requirements().amount()).isEqualTo(claim.amount());
        assertThat(refund.payer()).isEqualTo(Claims.REFUND_WALLET.wallet().address());
        assertThat(ExactEvmTerms.check(refund, NOW)).isEmpty();
    }

    @Test
    void whatWasPaidByPermit2IsRefundedByAnAuthorizationOfOurOwn() {
        Claim due = Claims.toBeRefunded(
                Claim.of(Claims.byPermit2(Claims.REFUND_WALLET), Claims.order(), NOW, Claims.LEASE_END));

        Payment refund = Claims.signed(due).refund().orElseThrow().transfer().orElseThrow();
        assertThat(refund.payload().schemePayload()).isInstanceOf(SchemePayload.Eip3009.class);
        assertThat(ExactEvmTerms.check(refund, NOW)).isEmpty();
    }

    @Test
    void transactionThatWasExpectedIsNotForgottenWhenNobodyKnows() {
        assertThat(Claims.in(SETTLING).unknown("", NOW).transaction()).isEqualTo(Claims.TRANSACTION);
        assertThat(Claims.in(SETTLING).unknown("0xother", NOW).transaction()).isEqualTo("0xother");
    }
}
