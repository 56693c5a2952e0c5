package io.x402compute.local;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.local.client.Answer;
import io.x402compute.local.client.ComputeClient;
import io.x402compute.local.client.MachineChoice;
import io.x402compute.local.client.PaidResponse;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Usdc;

/**
 * Buys a machine from the command line: {@code buy [plan [region [hours]]]}, by default the cheapest with a GPU for a
 * day. The API, the wallet's private key and the most it may spend in dollars are in {@code API_URL}, {@code
 * PRIVATE_KEY} and {@code MAX_SPEND_USD}.
 */
public final class Buy {
    private static final int DEFAULT_HOURS = 24;
    private static final String USAGE = "usage: buy [plan [region [hours]]]";

    private Buy() {}

    public static void main(String[] arguments) {
        try {
            System.exit(buy(arguments, System.out) ? 0 : 1);
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static boolean buy(String[] arguments, PrintStream out) {
        if (arguments.length > 3) {
            throw new IllegalArgumentException(USAGE);
        }
        ComputeClient agent = new ComputeClient(
                URI.create(setting("API_URL")), EvmWallet.of(setting("PRIVATE_KEY")),
                Usdc.roundedUp(new BigDecimal(setting("MAX_SPEND_USD"))), Clock.systemUTC());
        MachineChoice choice = choice(agent.get("/compute/plans").body(), arguments);
        out.println(choice);
        PaidResponse paid = agent.pay("/compute/provision", choice.request());
        Answer answer = Answer.of(paid.response());
        paid.paid().ifPresent(amount -> out.println("paid " + amount + " from " + agent.wallet().address()));
        paid.receipt().ifPresent(receipt -> out.println("transaction " + receipt.transaction()));
        out.println(answer.status() + " " + answer.body().toPrettyString());
        return answer.status() == 201;
    }

    private static MachineChoice choice(JsonNode plans, String[] arguments) {
        if (arguments.length == 0) {
            return MachineChoice.cheapestWithGpu(plans, DEFAULT_HOURS);
        }
        JsonNode plan = plans.path("plans").valueStream()
                .filter(candidate -> candidate.path("id").asText().equals(arguments[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such plan: " + arguments[0]));
        Optional<String> region = arguments.length > 1 ? Optional.of(arguments[1]) : Optional.empty();
        int hours = arguments.length > 2 ? Integer.parseInt(arguments[2]) : DEFAULT_HOURS;
        return MachineChoice.of(plan, region, hours);
    }

    private static String setting(String name) {
        return Optional.ofNullable(System.getenv(name))
                .orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
    }
}
