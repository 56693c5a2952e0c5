package io.x402compute.local;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.local.client.Answer;
import io.x402compute.local.client.ComputeClient;
import io.x402compute.local.client.PaidResponse;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.SolanaWallet;

/**
 * Somebody who buys from the command line. The API, the wallet's private key and the most it may spend in dollars are in {@code API_URL}, {@code
 * PRIVATE_KEY} and {@code MAX_SPEND_USD}. With {@code NETWORK=solana} it pays there, asking the node in {@code SOLANA_RPC_URL}.
 *
 * @param address that the money comes from
 */
record Buyer(ComputeClient client, Network network, String address) {

    static Buyer of(Map<String, String> environment) {
        Usdc limit = Usdc.roundedUp(new BigDecimal(setting(environment, "MAX_SPEND_USD")));
        EvmWallet wallet = EvmWallet.of(setting(environment, "PRIVATE_KEY"));
        Network network = Network.named(environment.getOrDefault("NETWORK", "base"))
                .orElseThrow(() -> new IllegalArgumentException("NETWORK is base or solana"));
        ComputeClient client = new ComputeClient(URI.create(setting(environment, "API_URL")), wallet, limit,
                Clock.systemUTC());
        if (network.isEvm()) {
            return new Buyer(client, network, wallet.address());
        }
        // One key, two addresses: the local run's accounts are the same on both chains.
        SolanaWallet onSolana = SolanaWallet.ofSeed(Hex.bytes(setting(environment, "PRIVATE_KEY")));
        URI node = URI.create(setting(environment, "SOLANA_RPC_URL"));
        return new Buyer(client.payingFrom(onSolana, node, limit), network, onSolana.address());
    }

    /** Posts, pays what is asked, and tells what came of it. */
    Answer pay(String path, ObjectNode body, PrintStream out) {
        PaidResponse paid = client.pay(path, body);
        paid.paid().ifPresent(amount -> out.println("paid " + amount + " from " + address));
        paid.receipt().ifPresent(receipt -> out.println("transaction " + receipt.transaction()));
        Answer answer = Answer.of(paid.response());
        out.println(answer.status() + " " + answer.body().toPrettyString());
        return answer;
    }

    private static String setting(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
    }
}
