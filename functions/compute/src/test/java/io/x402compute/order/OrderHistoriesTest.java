package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.http.ApiException;
import io.x402compute.instance.FakeProvider;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.PasswordReveal;
import io.x402compute.instance.Termination;
import io.x402compute.instance.UnusedTime;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.Usdc;

/**
 * Many short lives of the shop, each from a seed: agents buy, extend, destroy and send again, answers get lost, and functions die
 * at any call of a port, before or after it took effect. When everything has come to rest, nobody may have been cheated.
 */
class OrderHistoriesTest {
    private static final int STEPS = 14;
    private static final double CRASHES = 0.08;
    /** Few: each order of such a machine costs a hash that is slow by design. */
    private static final int KEYLESS_ONE_IN = 4;

    private record Sale(PaymentPayload payment, String body) {}

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("order.histories", 2_000));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverHappensEveryPaymentEndsDeliveredOrGivenBackAndNoMachineIsLeft(long seed) {
        new History(seed).run();
    }

    private static final class History {
        private final RandomGenerator random;
        private final Crashes crashes;
        private final Shop shop;
        private final List<Sale> bought = new ArrayList<>();
        private final List<InstanceId> revealed = new ArrayList<>();

        History(long seed) {
            this.random = new Random(seed);
            this.crashes = new Crashes(random);
            this.shop = new Shop(crashes);
        }

        void run() {
            shop.provider.showsMachinesAfter(Duration.ofSeconds(random.nextInt(45)));
            crashes.armed(CRASHES);
            for (int step = 0; step < STEPS; step++) {
                survive(this::step);
            }
            crashes.disarmed();
            shop.minutes(45);
            everyPaymentIsAnswered();
            everyMachineIsOnesOwn();
            noPasswordIsLostOrSeenTwice();
            shop.clock.advance(Duration.ofDays(30));
            shop.minutes(30);
            nothingIsLeft();
        }

        private void step() {
            switch (random.nextInt(9)) {
                case 0, 1 -> buy();
                case 2 -> again();
                case 3 -> extend();
                case 4 -> destroy();
                case 5 -> trouble();
                case 6 -> reveal();
                default -> {
                    shop.clock.advance(Duration.ofSeconds(random.nextInt(1, 90)));
                    survive(shop::resume);
                    survive(shop::sweep);
                }
            }
        }

        private void buy() {
            Sale sale = new Sale(shop.payment(wallet(), Shop.day()),
                    random.nextInt(KEYLESS_ONE_IN) == 0 ? Shop.KEYLESS_BODY : Shop.BODY);
            bought.add(sale);
            buy(sale);
        }

        private void buy(Sale sale) {
            shop.buy(sale.body(), new DecodedPayment.Decoded(sale.payment()), Optional.empty());
        }

        private void reveal() {
            List<Instance> all = shop.instances.all();
            if (!all.isEmpty()) {
                Instance instance = any(all);
                if (shop.reveal(instance) instanceof PasswordReveal.Outcome.Revealed) {
                    revealed.add(instance.id());
                }
            }
        }

        private void again() {
            if (!bought.isEmpty()) {
                buy(any(bought));
            }
        }

        private void extend() {
            List<Instance> all = shop.instances.all();
            if (!all.isEmpty()) {
                Instance instance = any(all);
                PaymentPayload payment = shop.payment(wallet(), Shop.day());
                shop.extend(instance, "{}", new DecodedPayment.Decoded(payment), Optional.empty());
            }
        }

        private void destroy() {
            List<Instance> all = shop.instances.all();
            if (!all.isEmpty()) {
                shop.destroy(any(all));
            }
        }

        private void trouble() {
            if (random.nextBoolean()) {
                shop.token.next(any(List.of(FakeToken.Trouble.values())));
            } else {
                shop.provider.next(any(List.of(FakeProvider.Trouble.values())));
            }
        }

        private <T> T any(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private EvmWallet wallet() {
            return random.nextInt(4) == 0 ? Shop.OTHER_AGENT : Shop.AGENT;
        }

        /** P4 to P6: each settled order is delivered or credited, exactly what has moved is settled, and nothing stays undecided. */
        private void everyPaymentIsAnswered() {
            long paid = 0;
            for (Claim claim : shop.ledger.all()) {
                assertThat(claim.state()).isIn(PaymentState.FULFILLED, PaymentState.CREDITED,
                        PaymentState.SETTLE_REFUSED);
                assertThat(claim.attendAt()).isEmpty();
                if (claim.state().isPaid()) {
                    paid++;
                }
                if (claim.state() == PaymentState.FULFILLED) {
                    assertThat(delivered(claim)).isTrue();
                }
            }
            assertThat(shop.token.transfers()).isEqualTo((int) paid);
            assertThat(shop.token.balance(Shop.OPERATOR)).isEqualTo(paid * Shop.day().micros());
            assertThat(shop.ledger.all()).allSatisfy(
                    claim -> assertThat(shop.credits.given(claim.order().orderId())).isEqualTo(due(claim)));
            Usdc owed = shop.credits.owed(Shop.AGENT.wallet()).plus(shop.credits.owed(Shop.OTHER_AGENT.wallet()));
            assertThat(owed).isEqualTo(shop.ledger.all().stream().flatMap(claim -> due(claim).stream())
                    .reduce(Usdc.ZERO, Usdc::plus));
        }

        /** All of an order that was not delivered, and of one that was, what was left when its machine was given up. */
        private Optional<Usdc> due(Claim claim) {
            if (claim.state() == PaymentState.CREDITED) {
                return Optional.of(claim.amount());
            }
            String order = claim.order().orderId().toString();
            return shop.instances.all().stream()
                    .flatMap(instance -> instance.termination().flatMap(Termination::unused).stream())
                    .flatMap(unused -> unused.parts().stream())
                    .filter(part -> part.orderId().equals(order))
                    .map(UnusedTime.Part::amount)
                    .collect(Collectors.collectingAndThen(Collectors.toList(),
                            parts -> parts.isEmpty() ? Optional.empty() : Optional.of(only(parts))));
        }

        private static Usdc only(List<Usdc> parts) {
            assertThat(parts).as("an order is owed once").hasSize(1);
            return parts.getFirst();
        }

        private boolean delivered(Claim claim) {
            return shop.instances.all()
                    .stream()
                    .anyMatch(instance -> instance.wasExtendedBy(claim.order().orderId().toString())
                            && instance.outcome() != InstanceState.FAILED);
        }

        /** V1 to V3: each machine that costs money has a row that allows it, and no row has two. */
        private void everyMachineIsOnesOwn() {
            List<String> allowed = shop.instances.all()
                    .stream()
                    .filter(instance -> !instance.state().isFinal())
                    .flatMap(instance -> instance.machine().stream())
                    .map(machine -> machine.providerId())
                    .toList();
            assertThat(allowed).doesNotHaveDuplicates();
            assertThat(shop.provider.liveIds()).isSubsetOf(allowed);
        }

        /** A machine that is up without a key has a password that can still be had, or was given away. */
        private void noPasswordIsLostOrSeenTwice() {
            assertThat(revealed).doesNotHaveDuplicates();
            assertThat(shop.instances.all()).filteredOn(instance -> instance.state() == InstanceState.ACTIVE
                    && instance.spec().sshPublicKey().isEmpty())
                    .allSatisfy(instance -> assertThat(instance.password().sealed().isPresent())
                            .isNotEqualTo(instance.password().revealedAt().isPresent()));
        }

        /** V4 and V5: long after every lease, every machine is gone and every row is closed. */
        private void nothingIsLeft() {
            assertThat(shop.provider.liveIds()).isEmpty();
            assertThat(shop.instances.all()).allSatisfy(instance -> {
                assertThat(instance.state().isFinal()).isTrue();
                assertThat(instance.dueAt()).isEmpty();
                assertThat(instance.password().sealed()).isEmpty();
            });
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
