package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.x402compute.event.DomainEvent;
import io.x402compute.instance.FakeProvider;
import io.x402compute.instance.InstanceState;
import io.x402compute.payment.Claim;
import io.x402compute.payment.OrderId;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.Usdc;

class OrderAdvancerTest {
    private final Shop shop = new Shop();
    private final PaymentPayload payment = shop.payment(Shop.AGENT, Shop.day());

    @Test
    void aSettlementWhoseAnswerWasLostIsFoundOnTheChainAndDelivered() {
        shop.token.next(FakeToken.Trouble.TIMEOUT_AFTER_SETTLING);
        assertThat(Shop.order(shop.buy(payment)).state()).isEqualTo(PaymentState.SETTLE_UNKNOWN);

        shop.minutes(4);

        assertThat(order().state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.token.transfers()).isEqualTo(1);
        assertThat(shop.token.settlementsAsked()).isEqualTo(1);
        assertThat(shop.instances.only().state()).isEqualTo(InstanceState.ACTIVE);
    }

    @Test
    void aSettlementIsWaitedForOnlyAsLongAsTheAnswerCanStillBeGiven() {
        DecodedPayment paid = new DecodedPayment.Decoded(payment);
        shop.buy(Shop.BODY, paid, Optional.empty(), shop.clock.instant().plusSeconds(29));
        assertThat(shop.token.lastPatience()).isEqualTo(Duration.ofSeconds(15));

        DecodedPayment late = new DecodedPayment.Decoded(shop.payment(Shop.AGENT, Shop.day()));
        shop.buy(Shop.BODY, late, Optional.empty(), shop.clock.instant().plusSeconds(8));
        assertThat(shop.token.lastPatience()).isEqualTo(Duration.ofSeconds(5));

        DecodedPayment tooLate = new DecodedPayment.Decoded(shop.payment(Shop.AGENT, Shop.day()));
        shop.buy(Shop.BODY, tooLate, Optional.empty(), shop.clock.instant().plusSeconds(1));
        assertThat(shop.token.lastPatience()).isZero();
    }

    /** Else a machine could be made large with time that was paid while it was small. */
    @Test
    void timeThatWasPricedForTheSmallerPlanIsExchangedWhenItComesAfterAResize() {
        shop.catalogue.add("larger", "vcg", 16_384, FakeCatalogue.FIRST_HOURLY.times(2), FakeCatalogue.REGION, true,
                shop.clock.instant());
        shop.buy(payment);
        shop.minutes(3);
        shop.token.next(FakeToken.Trouble.TIMEOUT_AFTER_SETTLING);
        shop.extend("{}", new DecodedPayment.Decoded(shop.payment(Shop.AGENT, Shop.day())), Optional.empty());
        shop.resize(shop.instances.only(), "larger");
        Instant end = shop.instances.only().expiresAt();

        shop.minutes(4);

        assertThat(shop.instances.only().expiresAt()).isEqualTo(end.plus(Duration.ofHours(12)));
        assertThat(shop.provider.planOf(shop.provider.liveIds().getFirst())).isEqualTo("larger");
    }

    @Test
    void aSettlementThatNeverLeftIsSentAgain() {
        shop.token.next(FakeToken.Trouble.TIMEOUT_BEFORE_SENDING);
        shop.buy(payment);

        shop.minutes(4);

        assertThat(order().state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void aSettlementWhoseNumberWasUsedIsSentUnderAnother() {
        shop.token.next(FakeToken.Trouble.OUTNUMBERED);
        Claim renumbered = Shop.order(shop.buy(payment));
        assertThat(renumbered.state()).isEqualTo(PaymentState.CLAIMED);
        assertThat(renumbered.handle()).isEmpty();

        assertThat(Shop.order(shop.buy(payment)).state()).isEqualTo(PaymentState.SETTLED);
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void aRefusalOfWhatWasSettledAllTheSameIsNotBelieved() {
        shop.token.next(FakeToken.Trouble.REFUSED_AFTER_SETTLING);

        assertThat(Shop.order(shop.buy(payment)).state()).isEqualTo(PaymentState.SETTLED);
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void anAuthorizationBroadcastByAStrangerStillBuysTheMachine() {
        shop.token.next(FakeToken.Trouble.TIMEOUT_BEFORE_SENDING);
        shop.buy(payment);
        shop.token.broadcastByStranger(shop.judged(payment, Shop.day()));

        shop.minutes(4);

        assertThat(order().state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void aNonceThatIsUsedForAFacilitatorOnlyIsWaitedForAndNotRefused() {
        shop.token.next(FakeToken.Trouble.REFUSED_A_BLOCK_AHEAD);
        assertThat(Shop.order(shop.buy(payment)).state()).isEqualTo(PaymentState.SETTLE_UNKNOWN);
        shop.token.broadcastByStranger(shop.judged(payment, Shop.day()));

        shop.minutes(4);

        assertThat(order().state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void aSettlementThatIsNotMinedIsSentAgainAndThenOffersMore() {
        shop.token.minesFrom(1);
        Claim first = Shop.order(shop.buy(payment));
        assertThat(first.state()).isEqualTo(PaymentState.SETTLE_UNKNOWN);
        shop.minute();
        assertThat(order().handle()).isEqualTo(first.handle());

        shop.minutes(4);

        assertThat(order().state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.token.repriced()).singleElement()
                .satisfies(dearer -> assertThat(order().handle()).contains(dearer));
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void aDearerTransactionIsWrittenDownBeforeItIsSent() {
        shop.token.minesFrom(1);
        shop.buy(payment);
        shop.minute();
        shop.token.onNextSettlement(sent -> assertThat(order().handle()).contains(sent));

        shop.minutes(2);

        assertThat(shop.token.repriced()).hasSize(1);
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void theOldTransactionMayBeTheOneThatIsMined() {
        shop.token.minesFrom(9);
        shop.buy(payment);
        shop.minutes(2);
        assertThat(shop.token.repriced()).isNotEmpty();
        shop.token.broadcastByStranger(shop.judged(payment, Shop.day()));

        shop.minutes(4);

        assertThat(order().state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void creditBuysAMachineOnceHoweverOftenItIsSpent() {
        shop.credits.give(Shop.AGENT.wallet(), Shop.day(), new OrderId(UUID.randomUUID()), "gift",
                shop.clock.instant());
        shop.provider.next(FakeProvider.Trouble.ANSWER_LOST);

        shop.placeWithCredit(Shop.AGENT.wallet(), Shop.day());
        shop.minutes(4);

        assertThat(order().state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Usdc.ZERO);
        assertThat(shop.token.transfers()).isZero();
        assertThat(shop.instances.only().owner()).isEqualTo(Shop.AGENT.wallet());
    }

    @Test
    void creditThatBoughtWhatCannotBeDeliveredIsThereAgain() {
        shop.credits.give(Shop.AGENT.wallet(), Shop.day(), new OrderId(UUID.randomUUID()), "gift",
                shop.clock.instant());
        shop.provider.next(FakeProvider.Trouble.REFUSED);

        shop.placeWithCredit(Shop.AGENT.wallet(), Shop.day());
        shop.minutes(4);

        assertThat(order().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Shop.day());
    }

    @Test
    void creditThatWasSpentOnTimeForAMachineThatIsGivenUpMeanwhileIsThereAgain() {
        shop.buy(payment);
        shop.minutes(4);
        shop.gift(Shop.AGENT.wallet(), Shop.day());
        Claim placed = shop.placeTimeWithCredit(Shop.AGENT.wallet());
        // Whoever was at it died as soon as this was done.
        shop.credits.spend(Shop.AGENT.wallet(), Shop.day(), placed.order().orderId(), shop.clock.instant());
        shop.destroy(shop.instances.only());
        Usdc unused = shop.credits.owed(Shop.AGENT.wallet());

        shop.minutes(4);

        assertThat(shop.ledger.find(placed.key()).orElseThrow().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(unused.plus(Shop.day()));
    }

    @Test
    void timeThatIsTooLateIsNotRefusedWhenAStrangerHasPaidForItAlready() {
        shop.buy(payment);
        shop.minutes(4);
        Payment more = shop.judged(shop.payment(Shop.AGENT, Shop.day()), Shop.day());
        // Whoever placed it died before it was sent anywhere.
        Claim placed = shop.placeTime(more);
        shop.token.broadcastByStranger(more);
        shop.destroy(shop.instances.only());

        shop.minutes(1);

        assertThat(shop.ledger.find(placed.key()).orElseThrow().state()).isEqualTo(PaymentState.CREDITED);
    }

    @Test
    void creditForTimeThatCameTooLateIsThereAgainThoughTheMachineStillIs() {
        shop.buy(payment);
        shop.minutes(4);
        shop.gift(Shop.AGENT.wallet(), Shop.day());
        Instant end = shop.instances.only().expiresAt();
        shop.clock.advance(Duration.between(shop.clock.instant(), end));
        Claim placed = shop.placeTimeWithCredit(Shop.AGENT.wallet());

        shop.resume();

        assertThat(shop.ledger.find(placed.key()).orElseThrow().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(shop.instances.only().expiresAt()).isEqualTo(end);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Shop.day());
    }

    @Test
    void tooLittleCreditBuysNothing() {
        shop.placeWithCredit(Shop.AGENT.wallet(), Shop.day());
        shop.minutes(4);

        assertThat(order().state()).isEqualTo(PaymentState.SETTLE_REFUSED);
        assertThat(order().reason()).isEqualTo("insufficient_credits");
        assertThat(shop.instances.count()).isZero();
    }

    @Test
    void aRefusedPaymentThatSettlesWhenSentAgainBuysTheSameOrder() {
        shop.token.next(FakeToken.Trouble.REFUSED);
        Claim refused = Shop.order(shop.buy(payment));
        assertThat(refused.state()).isEqualTo(PaymentState.SETTLE_REFUSED);

        Claim retried = Shop.order(shop.buy(payment));

        assertThat(retried.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(retried.order().orderId()).isEqualTo(refused.order().orderId());
    }

    @Test
    void aTransferThatComesAfterTheRefusalIsGivenBack() {
        shop.token.next(FakeToken.Trouble.REFUSED);
        shop.buy(payment);
        shop.token.broadcastByStranger(shop.judged(payment, Shop.day()));

        shop.minutes(9);

        assertThat(order().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Shop.day());
        assertThat(shop.provider.everMade()).isZero();
    }

    @Test
    void aRefusedPaymentIsLaidToRestOnceItHasExpired() {
        shop.token.next(FakeToken.Trouble.REFUSED);
        shop.buy(payment);

        shop.minutes(9);

        assertThat(order().state()).isEqualTo(PaymentState.SETTLE_REFUSED);
        assertThat(order().attendAt()).isEmpty();
    }

    @Test
    void whileTheChainCannotBeReadNothingIsDecided() {
        shop.token.next(FakeToken.Trouble.TIMEOUT_AFTER_SETTLING);
        shop.buy(payment);
        shop.token.chainUnreadable(true);
        shop.minutes(20);
        assertThat(order().state()).isEqualTo(PaymentState.SETTLE_UNKNOWN);

        shop.token.chainUnreadable(false);
        shop.minutes(4);
        assertThat(order().state()).isEqualTo(PaymentState.FULFILLED);
    }

    @Test
    void anOrderThatTheProviderRefusesIsCredited() {
        shop.provider.next(FakeProvider.Trouble.REFUSED);
        Claim order = Shop.order(shop.buy(payment));

        assertThat(order.state()).isEqualTo(PaymentState.CREDITED);
        assertThat(order.reason()).isEqualTo("no_capacity");
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Shop.day());
    }

    @Test
    void aMachineThatNeverBootsIsCreditedAndDestroyed() {
        shop.provider.bootsNever();
        shop.buy(payment);

        shop.minutes(25);

        assertThat(order().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Shop.day());
        assertThat(shop.provider.live()).isZero();
    }

    @Test
    void aMachineDestroyedByItsOwnerDuringBootWasDelivered() {
        shop.buy(payment);
        shop.instances.save(shop.instances.only().terminating(InstanceState.DESTROYED, "owner_request",
                shop.clock.instant()));

        shop.minutes(6);

        assertThat(order().state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.provider.live()).isZero();
    }

    @Test
    void anExtensionThatSettlesAfterTheEndIsInTimeWhenItWasClaimedBefore() {
        shop.buy(payment);
        shop.minutes(24 * 60 - 1);
        PaymentPayload more = shop.payment(Shop.AGENT, Shop.day());
        shop.token.next(FakeToken.Trouble.TIMEOUT_AFTER_SETTLING);
        shop.extend("{}", new DecodedPayment.Decoded(more), Optional.empty());

        shop.minutes(5);

        assertThat(shop.instances.only().state()).isEqualTo(InstanceState.ACTIVE);
        assertThat(shop.provider.live()).isEqualTo(1);
    }

    @Test
    void anExtensionWhoseSettlementStaysUnknownTooLongIsGivenBack() {
        shop.buy(payment);
        shop.minutes(24 * 60 - 1);
        PaymentPayload more = shop.payment(Shop.AGENT, Shop.day());
        shop.token.next(FakeToken.Trouble.TIMEOUT_AFTER_SETTLING);
        shop.extend("{}", new DecodedPayment.Decoded(more), Optional.empty());
        shop.token.chainUnreadable(true);
        shop.minutes(10);
        assertThat(shop.provider.live()).isZero();

        shop.token.chainUnreadable(false);
        shop.minutes(2);

        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Shop.day());
    }

    @Test
    void timeForAMachineThatNeverComesUpIsGivenBackWithIt() {
        shop.provider.bootsNever();
        shop.buy(payment);
        shop.extend("{}", new DecodedPayment.Decoded(shop.payment(Shop.AGENT, Shop.day())), Optional.empty());

        shop.minutes(25);

        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Shop.day().times(2));
        assertThat(shop.provider.live()).isZero();
    }

    @Test
    void eachEventIsPublishedWithItsChange() {
        shop.buy(payment);
        shop.minutes(4);

        assertThat(shop.bus).extracting(DomainEvent::type)
                .containsExactlyInAnyOrder("PaymentSettled", "InstanceProvisioned");
    }

    @Test
    void nothingIsLeftToDoOnceAnOrderIsDelivered() {
        shop.buy(payment);
        shop.minutes(4);

        assertThat(shop.ledger.due(shop.clock.instant().plus(Duration.ofDays(9)))).isEmpty();
    }

    @Test
    void theLedgerNeverSettlesTwiceForOneClaimHoweverTheSweepsOverlap() {
        shop.token.next(FakeToken.Trouble.TIMEOUT_BEFORE_SENDING);
        shop.buy(payment);
        shop.minutes(2);
        shop.buy(payment);
        shop.minutes(4);

        assertThat(shop.token.balance(Shop.OPERATOR)).isEqualTo(Shop.day().micros());
        assertThat(new Usdc(1_000_000_000).minus(Shop.day()).micros())
                .isEqualTo(shop.token.balance(Shop.AGENT.wallet().address()));
    }

    private Claim order() {
        return shop.ledger.all().getFirst();
    }
}
