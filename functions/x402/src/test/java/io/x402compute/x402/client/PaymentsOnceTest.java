package io.x402compute.x402.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Usdc;

/** Limits, and what a client remembers from one request, thread and process to the next. */
class PaymentsOnceTest {
    private static final String KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private static final EvmWallet WALLET = EvmWallet.of(KEY);
    private static final Usdc PRICE = new Usdc(30_000);
    private static final Usdc DAY = new Usdc(100_000);

    private final TestClock clock = new TestClock();
    private final Queue<Fate> fates = new ConcurrentLinkedQueue<>();
    private final SellerInMemory seller = new SellerInMemory(clock, false, PRICE,
            () -> Optional.ofNullable(fates.poll()).orElse(Fate.FINE));

    @TempDir
    private Path directory;

    @Test
    void aDaysPaymentsEndAtTheLimitAndBeginAgainAtMidnightUtc() throws Exception {
        PayingClient client = client(Journal.inMemory());
        for (int i = 0; i < 3; i++) {
            assertThat(client.send(request("{}"))).isInstanceOf(Purchase.Paid.class);
        }

        assertThat(client.send(request("{}"))).isInstanceOfSatisfying(Purchase.OverLimit.class, over -> {
            assertThat(over.price()).isEqualTo(PRICE);
            assertThat(over.left()).isEqualTo(new Usdc(10_000));
        });
        clock.advance(Duration.ofHours(12).minusSeconds(1));
        assertThat(client.send(request("{}"))).isInstanceOf(Purchase.OverLimit.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.send(request("{}"))).isInstanceOf(Purchase.Paid.class);
        assertThat(seller.taken).hasSize(4);
    }

    @Test
    void theDaysLimitSurvivesARestart() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (FileJournal journal = journal()) {
                assertThat(client(journal).send(request("{}"))).isInstanceOf(Purchase.Paid.class);
            }
        }

        try (FileJournal journal = journal()) {
            assertThat(client(journal).send(request("{}"))).isInstanceOf(Purchase.OverLimit.class);
        }
    }

    @Test
    void afterARestartTheSameRequestIsSentWithTheSamePayment() throws Exception {
        fates.addAll(List.of(Fate.FINE, Fate.LOST_AFTER));
        SignedPayment lost;
        try (FileJournal journal = journal()) {
            lost = ((Purchase.Unanswered) client(journal).send(request("{}"))).payment();
        }

        try (FileJournal journal = journal()) {
            PayingClient client = client(journal);
            assertThat(client.unresolved()).extracting(SignedPayment::id).containsExactly(lost.id());
            assertThat(client.send(request("{}"))).isInstanceOfSatisfying(Purchase.Paid.class,
                    paid -> assertThat(paid.payment().id()).isEqualTo(lost.id()));
            assertThat(client.unresolved()).isEmpty();
        }
        assertThat(seller.taken).hasSize(1);
    }

    @Test
    void anotherRequestHasAnotherPayment() throws Exception {
        fates.addAll(List.of(Fate.FINE, Fate.LOST_BEFORE));
        PayingClient client = client(Journal.inMemory());

        client.send(request("{}"));

        assertThat(client.send(request("{\"plan\":\"b\"}"))).isInstanceOf(Purchase.Paid.class);
        assertThat(client.unresolved()).hasSize(1);
    }

    @Test
    void oneIdempotencyKeyIsOnePurchaseForEver() throws Exception {
        PayingClient client = client(Journal.inMemory());

        Purchase first = client.send(keyed("{}"));
        clock.advance(Duration.ofDays(1));
        Purchase again = client.send(keyed("{}"));

        assertThat(((Purchase.Paid) again).payment().id()).isEqualTo(((Purchase.Paid) first).payment().id());
        assertThat(seller.taken).hasSize(1);
        assertThatThrownBy(() -> client.send(keyed("{\"plan\":\"b\"}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRefusedPaymentIsReplacedOnceItHasLapsed() throws Exception {
        PayingClient client = client(Journal.inMemory());
        fates.addAll(List.of(Fate.FINE, Fate.REFUSED, Fate.REFUSED));
        Purchase.Refused first = (Purchase.Refused) client.send(keyed("{}"));
        Purchase.Refused second = (Purchase.Refused) client.send(keyed("{}"));
        assertThat(second.payment().id()).isEqualTo(first.payment().id());
        assertThat(second.inDoubt()).isFalse();

        clock.advance(Duration.ofMinutes(3));
        Purchase.Paid paid = (Purchase.Paid) client.send(keyed("{}"));

        assertThat(paid.payment().id()).isNotEqualTo(first.payment().id());
    }

    @Test
    void aPaymentInDoubtIsReplacedOnlyWhenItsOwnerSaysSo() throws Exception {
        PayingClient client = client(Journal.inMemory());
        fates.addAll(List.of(Fate.FINE, Fate.LOST_BEFORE));
        assertThat(client.send(keyed("{}"))).isInstanceOf(Purchase.Unanswered.class);
        clock.advance(Duration.ofMinutes(3));

        Purchase.Refused refused = (Purchase.Refused) client.send(keyed("{}"));
        assertThat(refused.inDoubt()).isTrue();
        client.abandon(refused.payment());

        assertThat(client.send(keyed("{}"))).isInstanceOf(Purchase.Paid.class);
        assertThat(seller.taken).hasSize(1);
    }

    @Test
    void threadsThatBuyTheSameAtOncePayOnce() throws Exception {
        PayingClient client = client(Journal.inMemory());

        List<Purchase> outcomes = atOnce(16, thread -> client.send(keyed("{}")));

        assertThat(outcomes).hasOnlyElementsOfType(Purchase.Paid.class);
        assertThat(seller.taken).hasSize(1);
    }

    @Test
    void threadsTogetherStayWithinTheDaysLimit() throws Exception {
        PayingClient client = client(Journal.inMemory());

        List<Purchase> outcomes = atOnce(16, thread -> client.send(request("{\"label\":%d}".formatted(thread))));

        assertThat(outcomes).filteredOn(Purchase.Paid.class::isInstance).hasSize(3);
        assertThat(outcomes).filteredOn(Purchase.OverLimit.class::isInstance).hasSize(13);
        assertThat(seller.taken).hasSize(3);
    }

    @Test
    void withoutAnEntryNothingIsSent() throws Exception {
        Queue<Fate> writing = new ArrayDeque<>(List.of(Fate.LOST_BEFORE));
        PayingClient client = client(new FatefulJournal(Journal.inMemory(),
                () -> Optional.ofNullable(writing.poll()).orElse(Fate.FINE)));

        assertThatThrownBy(() -> client.send(request("{}"))).isInstanceOf(IOException.class);

        assertThat(seller.taken).isEmpty();
    }

    @Test
    void theWalletsKeyIsNeverWrittenDown() throws Exception {
        try (FileJournal journal = journal()) {
            Purchase.Paid paid = (Purchase.Paid) client(journal).send(request("{}"));
            String signature = paid.payment().payload().schemePayload().toJson().path("signature").asText();
            assertThat(paid.payment().toString()).doesNotContain(signature);
            assertThat(journal.entries().toString()).doesNotContain(signature);
        }
        assertThat(Files.readString(directory.resolve("payments"))).doesNotContain(KEY.substring(2));
    }

    private interface Buyer {
        Purchase buy(int thread) throws Exception;
    }

    private static List<Purchase> atOnce(int threads, Buyer buyer) throws Exception {
        List<Purchase> outcomes = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<Purchase>> purchases = IntStream.range(0, threads)
                    .<Callable<Purchase>>mapToObj(thread -> () -> buyer.buy(thread)).toList();
            for (Future<Purchase> outcome : pool.invokeAll(purchases)) {
                outcomes.add(outcome.get());
            }
        }
        return outcomes;
    }

    private FileJournal journal() throws IOException {
        return FileJournal.open(directory.resolve("payments"));
    }

    private PayingClient client(Journal journal) throws IOException {
        return PayingClient.of(WALLET, DAY).perDay(DAY).httpClient(seller).clock(clock).waiter(time -> {})
                .journal(journal).build();
    }

    private static HttpRequest request(String body) {
        return HttpRequest.newBuilder(SellerInMemory.SHOP).POST(BodyPublishers.ofString(body)).build();
    }

    private static HttpRequest keyed(String body) {
        return HttpRequest.newBuilder(request(body), (name, value) -> true).header("Idempotency-Key", "k-1").build();
    }
}
