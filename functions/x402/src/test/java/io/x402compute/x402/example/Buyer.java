package io.x402compute.x402.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;

import io.x402compute.x402.client.FileJournal;
import io.x402compute.x402.client.PayingClient;
import io.x402compute.x402.client.Purchase;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Usdc;

/** The README's buyer. */
final class Buyer {
    private Buyer() {}

    static String buy(URI shop, EvmWallet wallet, Path payments) throws Exception {
        // README
        try (var kept = FileJournal.open(payments)) {
            var client = PayingClient.of(wallet, new Usdc(5_000_000)).perDay(new Usdc(20_000_000)).journal(kept)
                    .build();
            var forecast = HttpRequest.newBuilder(shop).header("Idempotency-Key", "forecast-17").build();
            return switch (client.send(forecast)) {
                case Purchase.Paid paid -> new String(paid.response().body(), UTF_8);
                case Purchase.NothingAsked free -> new String(free.response().body(), UTF_8);
                case Purchase.OverLimit dear -> "it costs " + dear.price();
                case Purchase.Unpayable other -> "none of my wallets can pay that";
                case Purchase.Refused refused -> "refused: " + refused.payment();
                case Purchase.Pending later -> "it is being settled, run me again";
                case Purchase.Unanswered later -> "no answer, run me again";
            };
        }
        // README
    }
}
