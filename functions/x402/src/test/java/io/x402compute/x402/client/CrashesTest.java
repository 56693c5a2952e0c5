package io.x402compute.x402.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Vectors;

/** One purchase, in which anything can happen at any step, tried again until it is answered. */
class CrashesTest {
    private static final EvmWallet WALLET = EvmWallet
            .of("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
    private static final Usdc PRICE = Vectors.OFFER.amount();
    private static final int TRIES = 40;

    /** The whole life of a purchase: one that goes well has four steps. */
    @Property(tries = 1_000)
    void aPurchaseThatIsTriedAgainIsPaidOnce(@ForAll @Size(max = 16) List<Fate> fates, @ForAll long seed)
            throws Exception {
        World world = new World(fates, false, seed);

        Optional<Purchase> last = world.tryUntilPaid(Duration.ZERO);

        assertThat(last).containsInstanceOf(Purchase.Paid.class);
        assertThat(world.seller.taken).hasSize(1);
    }

    /** Payments lapse between the tries, and a forgetful seller denies what it has taken. */
    @Property(tries = 1_000)
    void noPurchaseIsPaidTwice(@ForAll @Size(max = 24) List<Fate> fates, @ForAll boolean forgetful,
            @ForAll @LongRange(max = 100) long pause, @ForAll long seed) throws Exception {
        World world = new World(fates, forgetful, seed);

        world.tryUntilPaid(Duration.ofSeconds(pause));

        assertThat(world.seller.taken).hasSizeLessThanOrEqualTo(1);
    }

    /** The journal outlives the clients. */
    private static final class World {
        private final TestClock clock = new TestClock();
        private final Queue<Fate> fates;
        private final Journal kept = Journal.inMemory();
        private final Random random;
        private final SellerInMemory seller;

        World(List<Fate> fates, boolean forgetful, long seed) {
            this.fates = new ArrayDeque<>(fates);
            this.random = new Random(seed);
            this.seller = new SellerInMemory(clock, forgetful, PRICE, this::next);
        }

        private Fate next() {
            return fates.isEmpty() ? Fate.FINE : fates.remove();
        }

        Optional<Purchase> tryUntilPaid(Duration pause) throws Exception {
            Optional<Purchase> last = Optional.empty();
            PayingClient client = client();
            for (int i = 0; i < TRIES && last.filter(Purchase.Paid.class::isInstance).isEmpty(); i++) {
                try {
                    last = Optional.of(client.send(request()));
                } catch (Crash e) {
                    client = client();
                } catch (IOException e) {
                    // Tried again.
                }
                clock.advance(pause);
            }
            return last;
        }

        private PayingClient client() throws IOException {
            return PayingClient.of(WALLET, PRICE).httpClient(seller).clock(clock).random(random).waiter(time -> {})
                    .pendingQuestions(2).journal(new FatefulJournal(kept, this::next)).build();
        }

        private static HttpRequest request() {
            return HttpRequest.newBuilder(SellerInMemory.SHOP).header("Idempotency-Key", "a machine for me")
                    .POST(BodyPublishers.ofString("{}")).build();
        }
    }
}
