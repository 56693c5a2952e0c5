package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.http.ApiException;
import io.x402compute.instance.FakeProvider;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.UnusedTime;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentState;
import io.x402compute.payment.Tender;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/**
 * Short lives of a shop in which agents buy credit and spend it, send again, and destroy what they bought, while functions die at any
 * call of a port. At the end every micro is where the orders say: what came in is out as credit, spent, or kept for what was had.
 */
class CreditHistoriesTest {
    private static final int STEPS = 16;
    private static final double CRASHES = 0.06;
    /** Fewer than orders: names are used again. */
    private static final int NAMES = 5;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("credit.histories", 1_000));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void creditIsNeitherMadeNorLostNorSpentTwice(long seed) {
        new History(seed).run();
    }

    private static final class History {
        private final RandomGenerator random;
        private final Crashes crashes;
        private final Shop shop;
        private final Map<PaymentPayload, String> topUps = new LinkedHashMap<>();

        History(long seed) {
            random = new Random(seed);
            crashes = new Crashes(random);
            shop = new Shop(crashes);
        }

        void run() {
            crashes.armed(CRASHES);
            for (int step = 0; step < STEPS; step++) {
                survive(this::step);
                assertThat(balance().micros()).isGreaterThanOrEqualTo(0);
            }
            crashes.disarmed();
            shop.minutes(45);
            everyOrderIsAtItsEnd();
            everyMicroIsAccountedFor();
        }

        private void step() {
            switch (random.nextInt(9)) {
                case 0, 1 -> topUp();
                case 2 -> topUps.keySet().stream().findAny().ifPresent(payment -> topUp(payment, topUps.get(payment)));
                case 3, 4 -> shop.buyWithCredit(Shop.BODY, wallet().wallet(), name());
                case 5 ->
                    machine().ifPresent(instance -> shop.extendWithCredit(instance, "{}", instance.owner(), name()));
                case 6 -> machine().ifPresent(shop::destroy);
                case 7 -> trouble();
                default -> {
                    shop.clock.advance(Duration.ofSeconds(random.nextInt(1, 4_000)));
                    survive(shop::resume);
                    survive(shop::sweep);
                }
            }
        }

        private void topUp() {
            int dollars = random.nextInt(1, 5);
            PaymentPayload payment = shop.payment(wallet(), new Usdc(dollars * 1_000_000L));
            topUps.put(payment, "{\"amount\":" + dollars + "}");
            topUp(payment, topUps.get(payment));
        }

        private void topUp(PaymentPayload payment, String body) {
            shop.topUp(body, new DecodedPayment.Decoded(payment));
        }

        private void trouble() {
            switch (random.nextInt(3)) {
                case 0 -> shop.token.next(any(List.of(FakeToken.Trouble.values())));
                case 1 -> shop.provider.next(any(List.of(FakeProvider.Trouble.values())));
                default -> shop.credits.crossed(1);
            }
        }

        private Optional<Instance> machine() {
            return shop.instances.all().isEmpty() ? Optional.empty() : Optional.of(any(shop.instances.all()));
        }

        private String name() {
            return "order " + random.nextInt(NAMES);
        }

        private <T> T any(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private EvmWallet wallet() {
            return random.nextInt(4) == 0 ? Shop.OTHER_AGENT : Shop.AGENT;
        }

        private void everyOrderIsAtItsEnd() {
            assertThat(shop.ledger.all()).allSatisfy(claim -> {
                assertThat(claim.state()).isIn(PaymentState.FULFILLED, PaymentState.CREDITED,
                        PaymentState.SETTLE_REFUSED);
                assertThat(claim.attendAt()).isEmpty();
            });
        }

        private void everyMicroIsAccountedFor() {
            Usdc received = Usdc.ZERO;
            Usdc given = Usdc.ZERO;
            Usdc spent = Usdc.ZERO;
            for (Claim claim : shop.ledger.all().stream().filter(one -> one.state().isPaid()).toList()) {
                switch (claim.tender()) {
                    case Tender.Transfer transfer -> received = received.plus(claim.amount());
                    case Tender.Proof proof -> received = received.plus(claim.amount());
                    case Tender.Credit credit -> spent = spent.plus(claim.amount());
                }
                boolean deposit = OrderKind.of(claim) == OrderKind.TOPUP;
                if (deposit || claim.state() == PaymentState.CREDITED) {
                    given = given.plus(claim.amount());
                }
            }
            Usdc unused = shop.instances.all().stream()
                    .filter(instance -> instance.outcome() != InstanceState.FAILED)
                    .flatMap(instance -> instance.termination().stream()).flatMap(end -> end.unused().stream())
                    .map(UnusedTime::amount).reduce(Usdc.ZERO, Usdc::plus);
            assertThat(shop.token.balance(Shop.OPERATOR)).isEqualTo(received.micros());
            assertThat(balance()).isEqualTo(given.plus(unused).minus(spent));
        }

        private Usdc balance() {
            return owed(Shop.AGENT.wallet()).plus(owed(Shop.OTHER_AGENT.wallet()));
        }

        private Usdc owed(Wallet wallet) {
            return shop.credits.owed(wallet);
        }

        private static void survive(Runnable call) {
            try {
                call.run();
            } catch (Crashes.Crash | ApiException noAnswer) {
                // Whoever called hears nothing good, and comes back or does not.
            }
        }
    }
}
