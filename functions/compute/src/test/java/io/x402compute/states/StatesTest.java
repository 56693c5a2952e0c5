package io.x402compute.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.Json;
import io.x402compute.inference.Job;
import io.x402compute.inference.JobState;
import io.x402compute.inference.Orders;
import io.x402compute.inference.Outcome;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.Machine;
import io.x402compute.instance.PaidSegment;
import io.x402compute.instance.Rentals;
import io.x402compute.payment.Claim;
import io.x402compute.payment.Claims;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Usdc;

/** What is drawn for people is what the code does. */
class StatesTest {
    private static final Instant LATER = Rentals.NOW.plusSeconds(600);
    private static final String PAYMENT = "A payment and its order";
    private static final String INSTANCE = "An instance";
    private static final String JOB = "A job";

    @Test
    void everyArrowOfAPaymentIsDrawnAndNoOther() {
        assertThat(DrawnStates.of(PAYMENT).methods()).isEqualTo(paymentArrows());
    }

    @Test
    void everyArrowOfAnInstanceIsDrawnAndNoOther() {
        assertThat(DrawnStates.of(INSTANCE).methods()).isEqualTo(instanceArrows());
    }

    @Test
    void everyArrowOfAJobIsDrawnAndNoOther() {
        assertThat(DrawnStates.of(JOB).methods()).isEqualTo(jobArrows());
    }

    @ParameterizedTest
    @ValueSource(strings = {PAYMENT, INSTANCE, JOB})
    void theDiagramHasTheArrowsOfTheTable(String machine) {
        DrawnStates drawn = DrawnStates.of(machine);

        assertThat(drawn.diagram()).isNotEmpty().isEqualTo(drawn.table());
    }

    @Test
    void everyStateIsReached() {
        assertThat(String.join(" ", DrawnStates.of(PAYMENT).table()))
                .contains(Stream.of(PaymentState.values()).map(Enum::name).toList());
        assertThat(String.join(" ", DrawnStates.of(INSTANCE).table()))
                .contains(Stream.of(InstanceState.values()).map(Enum::name).toList());
        assertThat(String.join(" ", DrawnStates.of(JOB).table()))
                .contains(Stream.of(JobState.values()).map(Enum::name).toList());
    }

    private static Set<String> paymentArrows() {
        Map<Class<?>, Object> samples = Map.of(String.class, "reason", Instant.class, LATER, SettlementHandle.class,
                Claims.HANDLE, Usdc.class, new Usdc(1), Payment.class, Claims.fresh().payment().orElseThrow());
        List<Claim> all = new ArrayList<>(Stream.of(PaymentState.values()).map(Claims::in).toList());
        all.add(Claims.toBeRefunded(Claims.fresh()));
        Stream.of(PaymentState.SETTLING, PaymentState.SETTLE_UNKNOWN, PaymentState.SETTLE_REFUSED).map(Claims::ran)
                .forEach(all::add);
        return new Arrows<>(Claim.class, Claim::state, samples).from(all);
    }

    private static Set<String> jobArrows() {
        Map<Class<?>, Object> samples = Map.of(String.class, "reason", Instant.class, LATER, ObjectNode.class,
                Json.object(), List.class, List.of(), Optional.class, Optional.empty(), Outcome.Accepted.class,
                Orders.HANDLE, Usdc.class, Orders.COST);
        return new Arrows<>(Job.class, Job::state, samples).from(Stream.of(JobState.values()).map(Orders::in).toList());
    }

    private static Set<String> instanceArrows() {
        Map<Class<?>, Object> samples = Map.of(String.class, "reason", Instant.class, LATER, Machine.class,
                Rentals.machine(), PaidSegment.class, PaidSegment.ofHours("an order", 24, new Usdc(1)));
        List<Instance> all = new ArrayList<>(Stream.of(InstanceState.values()).map(Rentals::in).toList());
        for (InstanceState outcome : List.of(InstanceState.DESTROYED, InstanceState.EXPIRED, InstanceState.FAILED)) {
            all.add(Rentals.in(InstanceState.ACTIVE).terminating(outcome, "reason", LATER));
        }
        return new Arrows<>(Instance.class, Instance::state, samples).from(all);
    }
}
