package io.x402compute.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.payment.CreditEntry.Kind;
import io.x402compute.store.LocalDynamo;
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

        assertThat(balance(WALLET)).contains(new CreditBalance(new Usdc(5), new Usdc(5)));
        assertThat(entries(WALLET))
                .containsExactly(new CreditEntry(order, Kind.GIVEN, new Usdc(5), "no_capacity", Claims.NOW));
    }

    @Test
    void walletsAreKeptApart() {
        give(WALLET, 5, order());
        give(OTHER, 11, order());

        assertThat(balance(WALLET).map(CreditBalance::available)).contains(new Usdc(5));
        assertThat(balance(OTHER).map(CreditBalance::available)).contains(new Usdc(11));
        assertThat(entries(OTHER)).extracting(CreditEntry::amount).containsExactly(new Usdc(11));
    }

    @Test
    void walletThatWasNeverGivenAnythingHasNoBalanceAndNoEntries() {
        give(OTHER, 11, order());

        assertThat(balance(WALLET)).isEmpty();
        assertThat(entries(WALLET)).isEmpty();
    }

    @Test
    void whatIsSpentIsGoneFromTheBalance() {
        give(WALLET, 200, order());
        OrderId order = order();

        assertThat(spend(WALLET, 50, order)).isEqualTo(new Spending.Spent());

        assertThat(balance(WALLET)).hasValueSatisfying(balance -> {
            assertThat(balance.available()).isEqualTo(new Usdc(150));
            assertThat(balance.deposited()).isEqualTo(new Usdc(200));
            assertThat(balance.spent()).isEqualTo(new Usdc(50));
        });
        assertThat(entries(WALLET).getFirst())
                .isEqualTo(new CreditEntry(order, Kind.SPENT, new Usdc(50), "order", Claims.NOW.plusSeconds(1)));
    }

    @Test
    void orderIsPaidOnceHoweverOftenItIsAskedForAndEvenWithTheLastOfTheCredit() {
        give(WALLET, 50, order());
        OrderId order = order();

        assertThat(spend(WALLET, 50, order)).isEqualTo(new Spending.Spent());
        assertThat(spend(WALLET, 50, order)).isEqualTo(new Spending.Spent());

        assertThat(balance(WALLET)).contains(new CreditBalance(Usdc.ZERO, new Usdc(50)));
    }

    @Test
    void moreThanThereIsCannotBeSpent() {
        give(WALLET, 49, order());

        assertThat(spend(WALLET, 50, order())).isEqualTo(new Spending.Insufficient(new Usdc(49)));
        assertThat(spend(OTHER, 50, order())).isEqualTo(new Spending.Insufficient(Usdc.ZERO));

        assertThat(balance(WALLET)).contains(new CreditBalance(new Usdc(49), new Usdc(49)));
        assertThat(entries(WALLET)).hasSize(1);
        assertThat(balance(OTHER)).isEmpty();
    }

    @Test
    void whatWasSpentOnAnOrderCanBeGivenBackForIt() {
        give(WALLET, 50, order());
        OrderId order = order();
        spend(WALLET, 50, order);

        give(WALLET, 50, order);

        assertThat(balance(WALLET).map(CreditBalance::available)).contains(new Usdc(50));
        assertThat(entries(WALLET)).extracting(CreditEntry::kind).containsExactlyInAnyOrder(Kind.GIVEN, Kind.SPENT,
                Kind.GIVEN);
    }

    @Test
    void ordersAtOnceNeverSpendMoreThanThereIs() throws Exception {
        give(WALLET, 55, order());
        List<Callable<Spending>> orders = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            OrderId order = order();
            orders.add(() -> spend(WALLET, 10, order));
        }
        long paid = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Spending> order : threads.invokeAll(orders)) {
                paid += order.get() instanceof Spending.Spent ? 1 : 0;
            }
        }

        assertThat(paid).isEqualTo(5);
        assertThat(balance(WALLET).map(CreditBalance::available)).contains(new Usdc(5));
    }

    @Test
    void pagesOfEntriesAreNewestFirstAndAddUp() {
        List<OrderId> orders = Stream.generate(DynamoCreditsTest::order).limit(7).toList();
        // Some at the same moment.
        IntStream.range(0, 7).forEach(number -> credits.give(WALLET, new Usdc(number + 1L), orders.get(number),
                "no_capacity", Claims.NOW.plusSeconds(number / 3)));
        give(OTHER, 11, order());

        List<CreditEntry> all = new ArrayList<>();
        Optional<Place> next = Optional.empty();
        do {
            Page<CreditEntry> page = credits.entries(WALLET, new PageRequest<>(2, next, Optional.empty()));
            all.addAll(page.rows());
            next = page.next();
        } while (next.isPresent());

        assertThat(all).extracting(CreditEntry::order).containsExactlyInAnyOrderElementsOf(orders);
        assertThat(all).isSortedAccordingTo(Comparator.comparing(CreditEntry::createdAt).reversed());
        assertThat(all).isEqualTo(entries(WALLET));
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
        assertThat(balance(WALLET)).contains(new CreditBalance(new Usdc(55), new Usdc(55)));
        assertThat(entries(WALLET).stream().map(CreditEntry::amount).reduce(Usdc.ZERO, Usdc::plus))
                .isEqualTo(new Usdc(55));
    }

    private Void give(Wallet wallet, long micros, OrderId order) {
        credits.give(wallet, new Usdc(micros), order, "no_capacity", Claims.NOW);
        return null;
    }

    private Spending spend(Wallet wallet, long micros, OrderId order) {
        return credits.spend(wallet, new Usdc(micros), order, Claims.NOW.plusSeconds(1));
    }

    private static OrderId order() {
        return new OrderId(UUID.randomUUID());
    }

    private Optional<CreditBalance> balance(Wallet wallet) {
        return credits.balance(wallet);
    }

    private List<CreditEntry> entries(Wallet wallet) {
        return credits.entries(wallet, PageRequest.newest(100)).rows();
    }
}
