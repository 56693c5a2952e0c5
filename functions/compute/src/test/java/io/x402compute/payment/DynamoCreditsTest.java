package io.x402compute.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.store.Item;
import io.x402compute.store.LocalDynamo;
import io.x402compute.store.Query;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

class DynamoCreditsTest {
    private static final Wallet WALLET = new Wallet("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
    private static final Wallet OTHER = new Wallet("9C6hybhQ6Aycep9jaUnP6uL9ZYvDjUp1aSkFWPUFJtpj");

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private DynamoCredits credits;

    @BeforeEach
    void open() {
        credits = new DynamoCredits(dynamo.table("credits"));
    }

    @Test
    void orderIsCreditedOnceHoweverOftenItIsAskedFor() {
        OrderId order = order();
        give(WALLET, 5, order);
        credits.give(WALLET, new Usdc(7), order, "asked_again", Claims.NOW.plusSeconds(60));

        assertThat(balance(WALLET)).isEqualTo(5);
        assertThat(entries(WALLET)).singleElement().satisfies(entry -> {
            assertThat(entry.text("entry")).isEqualTo("order#" + order);
            assertThat(entry.number("amount")).isEqualTo(5);
            assertThat(entry.text("reason")).isEqualTo("no_capacity");
            assertThat(entry.instant("at")).isEqualTo(Claims.NOW);
        });
    }

    @Test
    void walletsAreKeptApart() {
        give(WALLET, 5, order());
        give(OTHER, 11, order());

        assertThat(balance(WALLET)).isEqualTo(5);
        assertThat(balance(OTHER)).isEqualTo(11);
    }

    @Test
    void balanceIsTheSumOfTheEntriesWhenOrdersAreCreditedAtOnce() throws Exception {
        List<Callable<Void>> gifts = new ArrayList<>();
        for (long amount = 1; amount <= 10; amount++) {
            long micros = amount;
            OrderId order = order();
            // Each order twice: the request and the resumer may both be at it.
            gifts.add(() -> give(WALLET, micros, order));
            gifts.add(() -> give(WALLET, micros, order));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> gift : threads.invokeAll(gifts)) {
                gift.get();
            }
        }

        assertThat(entries(WALLET)).hasSize(10);
        assertThat(balance(WALLET)).isEqualTo(55)
                .isEqualTo(entries(WALLET).stream().mapToLong(entry -> entry.number("amount")).sum());
    }

    private Void give(Wallet wallet, long micros, OrderId order) {
        credits.give(wallet, new Usdc(micros), order, "no_capacity", Claims.NOW);
        return null;
    }

    private static OrderId order() {
        return new OrderId(UUID.randomUUID());
    }

    private long balance(Wallet wallet) {
        return dynamo.table("credits")
                .get(Item.create().put("wallet", wallet.address()).put("entry", "balance"))
                .orElseThrow().number("amount");
    }

    private List<Item> entries(Wallet wallet) {
        return dynamo.table("credits").query(Query.of("wallet", wallet.address())).stream()
                .filter(item -> !item.text("entry").equals("balance")).toList();
    }
}
