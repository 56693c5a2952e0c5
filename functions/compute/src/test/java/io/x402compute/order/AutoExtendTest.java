package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.x402compute.event.DomainEvent;
import io.x402compute.http.ApiException;
import io.x402compute.instance.AnnouncedExtension;
import io.x402compute.instance.AutoExtend;
import io.x402compute.instance.FakeProvider;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.payment.Claim;
import io.x402compute.payment.OrderId;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Leases that get longer from credit while nobody asks for it. */
class AutoExtendTest {
    private static final Wallet OWNER = Shop.AGENT.wallet();
    private static final String ON = "{\"enabled\":true,\"extend_hours\":24,\"max_total\":\"3.50\"}";
    private static final Duration DAY = Duration.ofHours(24);

    private Shop shop = new Shop();

    @Test
    void aLeaseIsExtendedFromCreditBeforeItEnds() {
        Instant end = rent(3);

        until(end.minus(Duration.ofMinutes(20)));

        assertThat(machine().expiresAt()).isEqualTo(end.plus(DAY));
        assertThat(wish().spent()).isEqualTo(Shop.day());
        assertThat(wish().next()).isEmpty();
        assertThat(shop.credits.owed(OWNER)).isEqualTo(Shop.day());
        assertThat(shop.token.transfers()).isZero();
        assertThat(types()).containsSubsequence("InstanceAutoExtending", "PaymentSettled", "InstanceExtended");
        assertThat(extension().key()).isEqualTo(CreditExtensions.key(machine().id(), end));
    }

    @Test
    void itGoesOnUntilTheCeilingAndThenTheLeaseEnds() {
        Instant end = rent(10);

        until(end.plus(DAY).plus(DAY).plus(Duration.ofMinutes(5)));

        assertThat(machine().expiresAt()).isEqualTo(end.plus(DAY).plus(DAY));
        assertThat(wish().spent()).isEqualTo(Shop.day().times(2));
        assertThat(shop.credits.owed(OWNER)).isEqualTo(Shop.day().times(7));
        assertThat(failures()).containsExactly("ceiling_reached");
        assertThat(machine().state()).isEqualTo(InstanceState.EXPIRED);
    }

    @Test
    void creditThatGoesWhileItIsOrderedIsMissed() {
        Instant end = rent(2);
        until(end.minus(Duration.ofMinutes(31)));
        shop.clock.advance(Duration.ofMinutes(1));
        shop.sweep();

        shop.credits.spend(OWNER, new Usdc(1), new OrderId(UUID.randomUUID()), shop.clock.instant());
        until(end.plus(Duration.ofMinutes(7)));

        assertThat(extension().state()).isEqualTo(PaymentState.SETTLE_REFUSED);
        assertThat(failures()).containsExactly("insufficient_credits");
        assertThat(wish().spent()).isEqualTo(Usdc.ZERO);
        assertThat(machine().outcome()).isEqualTo(InstanceState.EXPIRED);
    }

    @Test
    void theAnnouncedPriceIsNotPassedAndTheNewOneIsAnnouncedBeforeItIsSpent() {
        Instant end = rent(4);
        until(end.minus(Duration.ofMinutes(45)));
        shop.catalogue.price(new Usdc(71_000), shop.clock.instant());
        until(end.minus(Duration.ofMinutes(28)));
        assertThat(machine().expiresAt()).isEqualTo(end);

        until(end.minus(Duration.ofMinutes(20)));

        assertThat(extension().amount()).isEqualTo(new Usdc(71_000).times(24));
        assertThat(shop.bus).filteredOn(event -> event.type().equals("InstanceAutoExtending"))
                .extracting(event -> event.detail().get("amount_micro_usdc").longValue())
                .containsExactly(Shop.day().micros(), extension().amount().micros());
    }

    @Test
    void whatIsDestroyedAfterItWasOrderedGetsAllOfItBack() {
        Instant end = rent(2);
        until(end.minus(Duration.ofMinutes(30)));
        shop.sweep();
        assertThat(wish().next()).isPresent();

        shop.destroy(machine());
        shop.minutes(10);

        assertThat(wish().spent()).isEqualTo(Usdc.ZERO);
        assertThat(shop.credits.owed(OWNER)).isEqualTo(Shop.day());
        assertThat(extension().state()).isEqualTo(PaymentState.CREDITED);
    }

    @Test
    void aFunctionThatDiesAtAnyMomentSpendsOnceAndExtendsOnce() {
        int moment = 0;
        boolean outlived = false;
        while (!outlived) {
            Crashes crashes = new Crashes(new Random(0));
            shop = new Shop(crashes);
            Instant end = rent(3);
            until(end.minus(Duration.ofMinutes(61)));
            crashes.armedAt(moment);
            until(end.minus(Duration.ofMinutes(20)));
            outlived = crashes.isOutlived();
            crashes.disarmed();

            assertThat(machine().expiresAt()).as("dead at moment %d", moment).isEqualTo(end.plus(DAY));
            assertThat(wish().spent()).isEqualTo(Shop.day());
            assertThat(shop.credits.owed(OWNER)).isEqualTo(Shop.day());
            assertThat(extension().state()).isEqualTo(PaymentState.FULFILLED);
            assertThat(failures()).isEmpty();
            moment++;
        }
        // Of announcing, ordering, spending and delivering, each before and after it took effect.
        assertThat(moment).isGreaterThan(40);
    }

    @Test
    void anOrderThatWasNeverPlacedIsForgottenOnceNobodyCanBePlacingIt() {
        Instant end = ordering();
        assertThat(shop.ledger.all()).noneMatch(claim -> OrderKind.of(claim) == OrderKind.EXTEND);
        shop.extendWithCredit("{}", OWNER, "own");

        shop.clock.set(end.plus(Duration.ofMinutes(4)));
        shop.minutes(2);

        assertThat(wish().next()).isEmpty();
        assertThat(wish().failure()).isEmpty();
        assertThat(extension().key()).isNotEqualTo(CreditExtensions.key(machine().id(), end));
        assertThat(machine().expiresAt()).isEqualTo(end.plus(DAY));
    }

    /** A function has written down that it orders an extension, and died. */
    private Instant ordering() {
        for (int moment = 0;; moment++) {
            Crashes crashes = new Crashes(new Random(0));
            shop = new Shop(crashes);
            Instant end = rent(4);
            until(end.minus(Duration.ofMinutes(31)));
            shop.clock.set(end.minus(Duration.ofMinutes(30)));
            crashes.armedAt(moment);
            survive(shop::sweep);
            crashes.disarmed();
            if (wish().next().flatMap(AnnouncedExtension::order).isPresent()) {
                return end;
            }
        }
    }

    @Test
    void anExtensionIsShorterThanTheLongestLeaseByTheHourThatStillRuns() {
        rent(1);

        assertThat(wanted("{\"enabled\":true,\"extend_hours\":4319,\"max_total\":1000}").autoExtend().orElseThrow()
                .terms().hours()).isEqualTo(4319);
        assertThatThrownBy(() -> wanted("{\"enabled\":true,\"extend_hours\":4320,\"max_total\":1000}"))
                .isInstanceOfSatisfying(ApiException.class,
                        e -> assertThat(e.code()).isEqualTo("prepaid_period_too_long"));
    }

    private Instance wanted(String body) {
        return shop.autoExtend(machine(), body);
    }

    /** A machine for a day that is paid with credit, by an owner with credit for so many days. */
    private Instant rent(int days) {
        shop.gift(OWNER, Shop.day().times(days));
        shop.buyWithCredit(Shop.BODY, OWNER, "machine");
        shop.clock.advance(FakeProvider.BOOT);
        shop.minutes(4);
        shop.autoExtend(machine(), ON);
        return machine().expiresAt();
    }

    /** Both schedules every minute; whoever dies is started again a minute later. */
    private void until(Instant end) {
        while (shop.clock.instant().isBefore(end)) {
            shop.clock.advance(Duration.ofMinutes(1));
            survive(shop::resume);
            survive(shop::sweep);
        }
    }

    private static void survive(Runnable run) {
        try {
            run.run();
        } catch (Crashes.Crash gone) {
            // The next tick goes on.
        }
    }

    private Instance machine() {
        return shop.instances.only();
    }

    private AutoExtend wish() {
        return machine().autoExtend().orElseThrow();
    }

    /** The only order for more time. */
    private Claim extension() {
        List<Claim> extensions = shop.ledger.all().stream().filter(claim -> OrderKind.of(claim) == OrderKind.EXTEND)
                .toList();
        assertThat(extensions).hasSize(1);
        return extensions.getFirst();
    }

    private List<String> types() {
        return shop.bus.stream().map(DomainEvent::type).toList();
    }

    private List<String> failures() {
        return shop.bus.stream().filter(event -> event.type().equals("AutoExtendFailed"))
                .map(event -> event.detail().get("reason").textValue()).toList();
    }
}
