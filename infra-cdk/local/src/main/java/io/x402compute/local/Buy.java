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
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.SolanaWallet;

/**
 * Buys a machine from the command line: {@code buy [plan [region [hours]]]}, by default the cheapest with a GPU for a
 * day. The API, the wallet's private key and the most it may spend in dollars are in {@code API_URL}, {@code
 * PRIVATE_KEY} and {@code MAX_SPEND_USD}. With {@code NETWORK=solana} it pays there, asking the node in {@code SOLANA_RPC_URL}.
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
        Usdc limit = Usdc.roundedUp(new BigDecimal(setting("MAX_SPEND_USD")));
        EvmWallet wallet = EvmWallet.of(setting("PRIVATE_KEY"));
        Network network = Network.named(System.getenv().getOrDefault("NETWORK", "base"))
                .orElseThrow(() -> new IllegalArgumentException("NETWORK is base or solana"));
        // One key, two addresses: the local run's accounts are the same on both chains.
        SolanaWallet onSolana = SolanaWallet.ofSeed(Hex.bytes(setting("PRIVATE_KEY")));
        ComputeClient client = new ComputeClient(URI.create(setting("API_URL")), wallet, limit, Clock.systemUTC());
        ComputeClient agent = network.isEvm()
                ? client
                : client.payingFrom(onSolana, URI.create(setting("SOLANA_RPC_URL")), limit);
        MachineChoice choice = choice(agent.get("/compute/plans").body(), arguments);
        out.println(choice);
        PaidResponse paid = agent.pay("/compute/provision", choice.request(network));
        Answer answer = Answer.of(paid.response());
        paid.paid().ifPresent(amount -> out.println(
                "paid " + amount + " from " + (network.isEvm() ? wallet.address() : onSolana.address())));
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
