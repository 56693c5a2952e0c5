package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.x402compute.http.ApiException;
import io.x402compute.instance.FakeProvider;
import io.x402compute.instance.InstanceState;
import io.x402compute.order.CheckoutResult.Insufficient;
import io.x402compute.payment.Claim;
import io.x402compute.payment.OrderId;
import io.x402compute.payment.PaymentState;
import io.x402compute.payment.Spending;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

class CreditCheckoutTest {
    private static final Wallet PAYER = Shop.AGENT.wallet();
    private static final Wallet OTHER = Shop.OTHER_AGENT.wallet();
    private static final String LONGER = Shop.BODY.replace("\"prepaid_hours\":24", "\"prepaid_hours\":25");

    private final Shop shop = new Shop();

    @Test
    void creditBuysAMachineAndNothingMovesOnTheChain() {
        shop.gift(PAYER, Shop.day().times(3));

        Claim order = Shop.order(shop.buyWithCredit(Shop.BODY, PAYER, "first"));
        shop.minutes(4);

        assertThat(order.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(order.amount()).isEqualTo(Shop.day());
        assertThat(shop.credits.owed(PAYER)).isEqualTo(Shop.day().times(2));
        assertThat(shop.token.transfers()).isZero();
        assertThat(shop.instances.only().owner()).isEqualTo(PAYER);
        assertThat(shop.instances.only().state()).isEqualTo(InstanceState.ACTIVE);
    }

    @Test
    void theSameNameAndRequestAgainIsTheSameOrder() {
        shop.gift(PAYER, Shop.day().times(3));
        Claim first = Shop.order(shop.buyWithCredit(Shop.BODY, PAYER, "first"));
        shop.minutes(4);
        shop.catalogue.soldOut();

        Claim again = Shop.order(shop.buyWithCredit(Shop.BODY, PAYER, "first"));

        assertThat(again.order().orderId()).isEqualTo(first.order().orderId());
        assertThat(shop.credits.owed(PAYER)).isEqualTo(Shop.day().times(2));
        assertThat(shop.provider.everMade()).isEqualTo(1);
    }

    @Test
    void anotherNameIsAnotherOrderAndSoIsAnotherWallets() {
        shop.gift(PAYER, Shop.day().times(2));
        shop.gift(OTHER, Shop.day());
        shop.buyWithCredit(Shop.BODY, PAYER, "first");
        shop.buyWithCredit(Shop.BODY, PAYER, "second");
        shop.buyWithCredit(Shop.BODY, OTHER, "first");

        assertThat(shop.provider.everMade()).isEqualTo(3);
        assertThat(shop.credits.owed(PAYER)).isEqualTo(Usdc.ZERO);
        assertThat(shop.credits.owed(OTHER)).isEqualTo(Usdc.ZERO);
    }

    @Test
    void theSameNameForAnotherRequestIsAConflict() {
        shop.gift(PAYER, Shop.day().times(3));
        shop.buyWithCredit(Shop.BODY, PAYER, "first");

        assertThatThrownBy(() -> shop.buyWithCredit(LONGER, PAYER, "first"))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(409));
        assertThat(shop.credits.owed(PAYER)).isEqualTo(Shop.day().times(2));
    }

    @Test
    void tooLittleIsToldWithTheOfferAndWritesNothing() {
        shop.gift(PAYER, new Usdc(5));

        Insufficient told = (Insufficient) shop.buyWithCredit(Shop.BODY, PAYER, "first");

        assertThat(told.available()).isEqualTo(new Usdc(5));
        assertThat(told.needed()).isEqualTo(Shop.day());
        assertThat(told.challenge().accepts()).extracting(offer -> offer.amount()).containsOnly(Shop.day());
        assertThat(shop.ledger.all()).isEmpty();
    }

    @Test
    void whatThereWasTooLittleCreditForCanBePaidOrToppedUpFor() {
        shop.buyWithCredit(Shop.BODY, PAYER, "first");

        Claim paid = Shop.order(shop.buy(shop.payment(Shop.AGENT, Shop.day())));
        shop.gift(PAYER, Shop.day());
        Claim onCredit = Shop.order(shop.buyWithCredit(Shop.BODY, PAYER, "first"));

        assertThat(paid.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(onCredit.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(shop.provider.everMade()).isEqualTo(2);
    }

    @Test
    void nobodyPaysMoreThanHeMayHaveBeenQuoted() {
        shop.gift(PAYER, Shop.day().times(9));
        shop.catalogue.price(new Usdc(90_000), shop.clock.instant());
        assertThat(Shop.order(shop.buyWithCredit(Shop.BODY, PAYER, "quoted")).amount()).isEqualTo(Shop.day());

        shop.clock.advance(Duration.ofSeconds(331));
        assertThat(Shop.order(shop.buyWithCredit(Shop.BODY, PAYER, "later")).amount())
                .isEqualTo(new Usdc(90_000).times(24));
    }

    @Test
    void anOrderThatAnotherOneTookTheCreditFromIsToldAndCanBeSentAgainLater() {
        Claim refused = beaten("first");
        assertThat(refused.state()).isEqualTo(PaymentState.SETTLE_REFUSED);

        assertThat(shop.buyWithCredit(Shop.BODY, PAYER, "first")).isInstanceOf(Insufficient.class);
        shop.gift(PAYER, Shop.day());
        Claim retried = Shop.order(shop.buyWithCredit(Shop.BODY, PAYER, "first"));

        assertThat(retried.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(retried.order().orderId()).isEqualTo(refused.order().orderId());
        assertThat(shop.credits.owed(PAYER)).isEqualTo(Usdc.ZERO);
    }

    @Test
    void noPriceIsHeldForAnOrderThatWasRefused() {
        beaten("first");
        shop.gift(PAYER, Shop.day().times(9));
        shop.catalogue.price(new Usdc(90_000), shop.clock.instant());
        shop.clock.advance(Duration.ofDays(1));

        assertThatThrownBy(() -> shop.buyWithCredit(Shop.BODY, PAYER, "first"))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo("price_changed"));
        assertThat(shop.credits.owed(PAYER)).isEqualTo(Shop.day().times(9));
    }

    @Test
    void creditThatOthersAreWritingIsTakenLaterAndTheOrderIsPending() {
        shop.gift(PAYER, Shop.day());
        shop.credits.crossed(1);

        Claim pending = Shop.order(shop.buyWithCredit(Shop.BODY, PAYER, "first"));
        assertThat(pending.state()).isEqualTo(PaymentState.CLAIMED);

        assertThat(Shop.order(shop.buyWithCredit(Shop.BODY, PAYER, "first")).state()).isEqualTo(PaymentState.SETTLED);
        assertThat(shop.credits.owed(PAYER)).isEqualTo(Usdc.ZERO);
    }

    @Test
    void creditBuysTimeForOnesOwnMachineOnly() {
        shop.buy(shop.payment(Shop.AGENT, Shop.day()));
        shop.minutes(4);
        shop.gift(PAYER, Shop.day());
        shop.gift(OTHER, Shop.day());

        assertThatThrownBy(() -> shop.extendWithCredit("{}", OTHER, "more"))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(404));
        Claim order = Shop.order(shop.extendWithCredit("{}", PAYER, "more"));

        assertThat(order.state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.instances.only().segments()).hasSize(2);
        assertThat(shop.credits.owed(PAYER)).isEqualTo(Usdc.ZERO);
        assertThat(shop.credits.owed(OTHER)).isEqualTo(Shop.day());
    }

    @Test
    void whatCannotBeDeliveredIsCreditAgain() {
        shop.gift(PAYER, Shop.day());
        shop.provider.next(FakeProvider.Trouble.REFUSED);

        Claim order = Shop.order(shop.buyWithCredit(Shop.BODY, PAYER, "first"));

        assertThat(order.state()).isEqualTo(PaymentState.CREDITED);
        assertThat(shop.credits.owed(PAYER)).isEqualTo(Shop.day());
        assertThat(shop.token.transfers()).isZero();
    }

    @Test
    void aNameOpensOnlyTheOrdersOfItsWallet() {
        shop.gift(PAYER, Shop.day());
        shop.buyWithCredit(Shop.BODY, PAYER, "first");

        assertThat(shop.buyWithCredit(Shop.BODY, OTHER, "first")).isInstanceOf(Insufficient.class);
        assertThat(shop.ledger.all()).singleElement().satisfies(claim -> assertThat(claim.key().value())
                .startsWith("credits/" + PAYER).doesNotContain("first"));
    }

    /** An order that was claimed while there was enough, which is gone by the time it is to be paid. */
    private Claim beaten(String name) {
        shop.gift(PAYER, Shop.day());
        shop.credits.crossed(1);
        Claim claimed = Shop.order(shop.buyWithCredit(Shop.BODY, PAYER, name));
        assertThat(shop.credits.spend(PAYER, Shop.day(), new OrderId(UUID.randomUUID()),
                shop.clock.instant())).isEqualTo(new Spending.Spent());
        shop.minutes(1);
        return shop.ledger.find(claimed.key()).orElseThrow();
    }
}
