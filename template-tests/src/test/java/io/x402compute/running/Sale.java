package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.SimulatedMachine;
import io.x402compute.x402.protocol.PaymentPayload;

/**
 * One machine that was paid for, and what became of it: for its payer, in the ledger, and at the provider.
 *
 * @param paidBefore micro-USDC the payer had
 * @param creditBefore micro-USDC the payer had as credit
 */
record Sale(
        RunningCloud running,
        Agent payer,
        ObjectNode body,
        PaymentPayload payment,
        long paidBefore,
        long creditBefore,
        Answer answer) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int ENOUGH_MINUTES = 10;

    /** Of a machine of the usual kind. */
    static Sale of(RunningCloud running, Agent payer) {
        return of(running, payer, () -> {});
    }

    /** The same, where something happens between the offer and the payment. */
    static Sale of(RunningCloud running, Agent payer, Runnable beforePaying) {
        ObjectNode body = MachineRequest.body();
        long paidBefore = payer.balance();
        long creditBefore = credit(running, payer);
        PaymentPayload payment = payer.sign(payer.quote(PROVISION, body));
        beforePaying.run();
        return new Sale(running, payer, body, payment, paidBefore, creditBefore, payer.pay(PROVISION, body, payment));
    }

    /** The payer sends the same request with the same payment again. */
    Answer again() {
        return payer.pay(PROVISION, body, payment);
    }

    /** Of the instance. */
    String id() {
        return text(paymentRow(), "subject");
    }

    /** What the payer sees of it. */
    JsonNode instance() {
        return payer.instance(id());
    }

    String status() {
        return instance().path("status").textValue();
    }

    /** The operation that the provider's machines are tagged with. */
    String operation() {
        return "op-" + id();
    }

    /** Every machine that the provider ever made for it. */
    List<SimulatedMachine> machines() {
        String operation = operation();
        return running.provider().machines().stream().filter(machine -> machine.tags().contains(operation)).toList();
    }

    List<SimulatedMachine> liveMachines() {
        return machines().stream().filter(SimulatedMachine::live).toList();
    }

    /** The one that the provider ever made. */
    SimulatedMachine machine() {
        assertThat(machines()).hasSize(1);
        return machines().getFirst();
    }

    Map<String, AttributeValue> instanceRow() {
        return row("instances", "id", id());
    }

    Map<String, AttributeValue> paymentRow() {
        return row("payments", "order_id", answer.body().path("order_id").textValue());
    }

    /** Minute by minute, with the sweeps of each. */
    Sale until(BooleanSupplier done) {
        for (int minute = 0; minute < ENOUGH_MINUTES; minute++) {
            if (done.getAsBoolean()) {
                return this;
            }
            running.advance(MINUTE);
        }
        throw new AssertionError("not done after " + ENOUGH_MINUTES + " minutes: " + instanceRow());
    }

    Sale untilActive() {
        return until(() -> status().equals("active"));
    }

    /** The payer paid once and has a machine, the ledger says so, and the provider has that one and no other. */
    void assertDelivered() {
        assertThat(answer.status()).isEqualTo(201);
        assertThat(payer.balance()).isEqualTo(paidBefore - PRICE_MICROS);
        assertThat(credit(running, payer)).isEqualTo(creditBefore);
        assertThat(status()).isEqualTo("active");
        assertThat(instance().path("ip_address").textValue()).startsWith("198.18.");
        // The resumer of the next minute is the one that finds the order to be done.
        until(() -> text(paymentRow(), "state").equals("FULFILLED"));
        assertThat(text(instanceRow(), "state")).isEqualTo("ACTIVE");
        assertThat(liveMachines()).extracting(SimulatedMachine::id)
                .containsExactly(text(instanceRow(), "provider_id"));
    }

    /** The payer has the whole amount as credit, once, the ledger says so, and the provider has nothing. */
    void assertCredited() {
        assertThat(text(paymentRow(), "state")).isEqualTo("CREDITED");
        assertThat(payer.balance()).isEqualTo(paidBefore - PRICE_MICROS);
        assertThat(credit(running, payer)).isEqualTo(creditBefore + PRICE_MICROS);
        assertThat(status()).isEqualTo("failed");
        assertThat(liveMachines()).isEmpty();
    }

    private static long credit(RunningCloud running, Agent payer) {
        return World.rows(running.cloud(), "credits")
                .filter(row -> text(row, "entry").equals("balance"))
                .filter(row -> text(row, "wallet").equals(payer.address()))
                .mapToLong(row -> Long.parseLong(row.get("amount").n()))
                .sum();
    }

    private Map<String, AttributeValue> row(String table, String key, String value) {
        return World.rows(running.cloud(), table)
                .filter(row -> row.containsKey(key) && text(row, key).equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key + " " + value + " in " + table + "; answered "
                        + answer.status() + " " + answer.body()));
    }

    private static String text(Map<String, AttributeValue> row, String field) {
        return row.get(field).s();
    }
}
