package io.x402compute.running;

import static io.x402compute.running.MachineRequest.HOURS;
import static io.x402compute.running.MachineRequest.PRICE_MICROS;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.SimulatedMachine;

/**
 * What a payer has, as told by those who would know: the chain, the API and the provider; in micro-USDC.
 *
 * @param balance of the payer's wallet
 * @param received by the operator's
 * @param transfers from the one to the other, ever
 * @param credit as the payer is told
 * @param leases what the time of each machine is worth that is up: as its payer is told and its provider confirms
 */
record Wealth(long balance, long received, long transfers, long credit, Map<String, Long> leases) {
    private static final long HOURLY_MICROS = PRICE_MICROS / HOURS;
    private static final int MICRO_DIGITS = 6;

    static Wealth of(RunningCloud running, Agent payer) {
        String operator = running.operator();
        return new Wealth(
                payer.balance(),
                running.chain().balanceOf(operator),
                running.chain().transfersTo(operator).stream()
                        .filter(transfer -> transfer.from().equalsIgnoreCase(payer.address())).count(),
                credit(payer),
                leases(running, payer));
    }

    /** What was debited since then. */
    long debitedSince(Wealth before) {
        return before.balance - balance;
    }

    /** What machines are worth more than then; those that have gone since had been worth what was paid for them. */
    long deliveredSince(Wealth before) {
        return leases.entrySet().stream()
                .mapToLong(lease -> lease.getValue() - before.leases.getOrDefault(lease.getKey(), 0L)).sum();
    }

    private static long credit(Agent payer) {
        JsonNode balance = answered(payer.signed("GET", "/compute/credits/balance")).path("balance");
        return new BigDecimal(balance.asText()).movePointRight(MICRO_DIGITS).longValueExact();
    }

    private static Map<String, Long> leases(RunningCloud running, Agent payer) {
        var alive = running.provider().liveMachines().stream().map(SimulatedMachine::id).collect(Collectors.toSet());
        Map<String, Long> leases = new HashMap<>();
        String cursor = "";
        do {
            JsonNode page = answered(payer.signed("GET", "/compute/instances", "status=active" + cursor));
            for (JsonNode instance : page.path("instances")) {
                if (alive.contains(instance.path("vultr_instance_id").asText())) {
                    leases.put(instance.path("id").asText(), worth(instance));
                }
            }
            cursor = page.path("has_more").booleanValue() ? "&cursor=" + page.path("next_cursor").asText() : "";
        } while (!cursor.isEmpty());
        return leases;
    }

    private static long worth(JsonNode instance) {
        Instant from = Instant.parse(instance.path("created_at").asText());
        return Duration.between(from, Instant.parse(instance.path("expires_at").asText())).toHours() * HOURLY_MICROS;
    }

    private static JsonNode answered(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError("answered %d %s".formatted(answer.status(), answer.body()));
        }
        return answer.body();
    }
}
