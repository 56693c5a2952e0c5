package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.x402compute.http.ApiException;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.Usdc;

class CheckoutTest {
    private final Shop shop = new Shop();

    @Test
    void anUnpaidRequestIsChallengedAndWritesNothing() {
        CheckoutResult result = shop.buy(Shop.BODY, new DecodedPayment.None(), Optional.empty());

        CheckoutResult.Challenged challenged = (CheckoutResult.Challenged) result;
        assertThat(challenged.challenge().accepts()).extracting(offer -> offer.amount()).containsOnly(Shop.day());
        assertThat(shop.ledger.all()).isEmpty();
    }

    @Test
    void aProbeWithoutABodyLearnsTheCheapestOfferAndCanBuyNothing() {
        CheckoutResult probed = shop.buy("", new DecodedPayment.None(), Optional.empty());
        PaymentPayload payment = shop.payment(Shop.AGENT, Shop.day());

        assertThat(((CheckoutResult.Challenged) probed).challenge().accepts().getFirst().amount())
                .isEqualTo(Shop.day());
        assertThatThrownBy(() -> shop.buy("", new DecodedPayment.Decoded(payment), Optional.empty()))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(400));
        assertThat(shop.token.transfers()).isZero();
    }

    @Test
    void aPaymentMovesExactlyThePriceAndBuysAMachine() {
        long before = shop.token.balance(Shop.OPERATOR);
        Claim order = Shop.order(shop.buy(shop.payment(Shop.AGENT, Shop.day())));

        assertThat(order.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(shop.token.balance(Shop.OPERATOR) - before).isEqualTo(Shop.day().micros());
        assertThat(shop.provider.everMade()).isEqualTo(1);
        assertThat(shop.instances.only().owner()).isEqualTo(Shop.AGENT.wallet());
    }

    @Test
    void theSamePaymentAgainGetsTheSameOrderAlsoWhenItHasExpiredAndPricesHaveChanged() {
        PaymentPayload payment = shop.payment(Shop.AGENT, Shop.day());
        Claim first = Shop.order(shop.buy(payment));
        shop.clock.advance(Duration.ofHours(2));
        shop.catalogue.price(new Usdc(999_999), shop.clock.instant());
        shop.catalogue.soldOut();

        Claim again = Shop.order(shop.buy(payment));

        assertThat(again.order().orderId()).isEqualTo(first.order().orderId());
        assertThat(shop.token.transfers()).isEqualTo(1);
        assertThat(shop.provider.everMade()).isEqualTo(1);
    }

    @Test
    void aTransferThatAStrangerBroadcastBeforeTheClaimBuysWhatItPaidFor() {
        PaymentPayload payment = shop.payment(Shop.AGENT, Shop.day());
        shop.token.broadcastByStranger(shop.judged(payment, Shop.day()));

        Claim order = Shop.order(shop.buy(payment));

        assertThat(order.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(shop.token.transfers()).isEqualTo(1);
        assertThat(shop.provider.everMade()).isEqualTo(1);
    }

    @Test
    void aTransferThatAStrangerBroadcastInTimeBuysWhatItPaidForAlsoWhenItIsPresentedTooLate() {
        PaymentPayload payment = shop.payment(Shop.AGENT, Shop.day());
        shop.token.broadcastByStranger(shop.judged(payment, Shop.day()));
        shop.clock.advance(Duration.ofHours(1));

        assertThat(Shop.order(shop.buy(payment)).state()).isEqualTo(PaymentState.SETTLED);
        assertThat(shop.provider.everMade()).isEqualTo(1);
    }

    @Test
    void aTransferOfTooLittleThatAStrangerBroadcastBuysNothingAndIsGivenBack() {
        PaymentPayload payment = shop.payment(Shop.AGENT, new Usdc(1));
        shop.token.broadcastByStranger(shop.judged(payment, new Usdc(1)));

        isGivenBack(payment, new Usdc(1), "price_changed");
    }

    @Test
    void aTransferForWhatIsNotSoldAnyMoreIsGivenBack() {
        PaymentPayload payment = shop.payment(Shop.AGENT, Shop.day());
        shop.token.broadcastByStranger(shop.judged(payment, Shop.day()));
        shop.catalogue.soldOut();

        isGivenBack(payment, Shop.day(), "not_for_sale");
    }

    private void isGivenBack(PaymentPayload payment, Usdc amount, String reason) {
        Claim order = Shop.order(shop.buy(payment));

        assertThat(order.state()).isEqualTo(PaymentState.CREDITED);
        assertThat(order.reason()).isEqualTo(reason);
        assertThat(Shop.order(shop.buy(payment)).order()).isEqualTo(order.order());
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(amount);
        assertThat(shop.provider.everMade()).isZero();
    }

    @Test
    void aTransferThatWentToSomebodyElseIsNobodysBusinessHere() {
        PaymentPayload elsewhere = shop.payment(Shop.AGENT, "0x" + "77".repeat(20), Shop.day(), "0x" + "01".repeat(32));
        shop.token.broadcastByStranger(shop.judged(elsewhere, Shop.day()));

        assertThat(shop.buy(elsewhere)).isInstanceOf(CheckoutResult.Challenged.class);
        assertThat(shop.ledger.all()).isEmpty();
    }

    @Test
    void theSamePaymentForAnotherRequestIsAConflict() {
        PaymentPayload payment = shop.payment(Shop.AGENT, Shop.day());
        shop.buy(payment);
        String other = Shop.BODY.replace("\"prepaid_hours\":24", "\"prepaid_hours\":25");

        assertThatThrownBy(() -> shop.buy(other, new DecodedPayment.Decoded(payment), Optional.empty()))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(409));
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void aQuotedPriceHoldsUntilItsChallengeHasTimedOut() {
        PaymentPayload quoted = shop.payment(Shop.AGENT, Shop.day());
        shop.catalogue.price(new Usdc(90_000), shop.clock.instant());
        shop.clock.advance(Duration.ofSeconds(290));

        assertThat(Shop.order(shop.buy(quoted)).state()).isEqualTo(PaymentState.SETTLED);
    }

    @Test
    void anOldPriceIsRefusedOnceItsChallengeHasTimedOut() {
        shop.catalogue.price(new Usdc(90_000), shop.clock.instant());
        shop.clock.advance(Duration.ofSeconds(331));
        PaymentPayload stale = shop.payment(Shop.AGENT, Shop.day());

        assertThat(Shop.refusal(shop.buy(stale))).isEqualTo("invalid_exact_evm_payload_authorization_value_mismatch");
        assertThat(shop.token.transfers()).isZero();
    }

    @Test
    void aForgedSignatureIsRefusedBeforeAnythingIsLookedUp() {
        PaymentPayload real = shop.payment(Shop.AGENT, Shop.day(), "0x" + "ab".repeat(32));
        shop.buy(real);
        PaymentPayload other = shop.payment(Shop.OTHER_AGENT, Shop.day(), "0x" + "ab".repeat(32));
        PaymentPayload forged = new PaymentPayload(1, real.scheme(), real.network(), Forgeries.signedBy(real, other),
                Optional.empty(), Optional.empty());

        assertThat(Shop.refusal(shop.buy(forged))).isEqualTo("invalid_exact_evm_signature");
    }

    @Test
    void credentialsOfAnotherWalletThanThePayersAreRefusedAndNothingIsClaimed() {
        PaymentPayload payment = shop.payment(Shop.AGENT, Shop.day());

        assertThatThrownBy(() -> shop.buy(Shop.BODY, new DecodedPayment.Decoded(payment),
                Optional.of(Shop.OTHER_AGENT.wallet())))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.status()).isEqualTo(403);
                    assertThat(e.code()).isEqualTo("payer_mismatch");
                });
        assertThat(shop.ledger.all()).isEmpty();
    }

    @Test
    void twoPaymentsInOneRequestAreRefused() {
        assertThatThrownBy(() -> shop.buy(Shop.BODY, new DecodedPayment.TwoPayments(), Optional.empty()))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo("two_payments"));
    }

    @Test
    void aSoldOutPlanIsRefusedBeforeAnyChallenge() {
        shop.catalogue.soldOut();

        assertThatThrownBy(() -> shop.buy(Shop.BODY, new DecodedPayment.None(), Optional.empty()))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo("out_of_stock"));
    }

    @Test
    void anUnreachableChainIsNotTheBuyersFault() {
        shop.token.unreachable(true);

        assertThatThrownBy(() -> shop.buy(shop.payment(Shop.AGENT, Shop.day())))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(503));
        assertThat(shop.ledger.all()).isEmpty();
    }

    @Test
    void aUsedNonceIsNotRefusedWhileTheChainCannotSayWhatItWasUsedFor() {
        PaymentPayload payment = shop.payment(Shop.AGENT, Shop.day());
        shop.token.broadcastByStranger(shop.judged(payment, Shop.day()));
        shop.token.chainUnreadable(true);

        assertThatThrownBy(() -> shop.buy(payment))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(503));

        shop.token.chainUnreadable(false);
        assertThat(Shop.order(shop.buy(payment)).state()).isEqualTo(PaymentState.SETTLED);
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void aStrangerCannotExtendAMachineOrLearnThatItIsThere() {
        shop.buy(shop.payment(Shop.AGENT, Shop.day()));
        PaymentPayload stranger = shop.payment(Shop.OTHER_AGENT, Shop.day());

        assertThatThrownBy(() -> shop.extend("{}", new DecodedPayment.Decoded(stranger), Optional.empty()))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(404));
        assertThatThrownBy(() -> shop.extend("{}", new DecodedPayment.None(), Optional.of(Shop.OTHER_AGENT.wallet())))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(404));
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void anExtensionMovesTheExpiryByItsHoursOnce() {
        shop.buy(shop.payment(Shop.AGENT, Shop.day()));
        var before = shop.instances.only().expiresAt();
        PaymentPayload payment = shop.payment(Shop.AGENT, Shop.day());

        Claim first = Shop.order(shop.extend("{}", new DecodedPayment.Decoded(payment), Optional.empty()));
        Claim again = Shop.order(shop.extend("{}", new DecodedPayment.Decoded(payment), Optional.empty()));

        assertThat(first.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(again.order().orderId()).isEqualTo(first.order().orderId());
        assertThat(shop.instances.only().expiresAt()).isEqualTo(before.plus(Duration.ofHours(24)));
        assertThat(shop.token.transfers()).isEqualTo(2);
    }

    @Test
    void aLeaseNeverEndsFurtherAheadThanTheOperatorAllows() {
        shop.buy(shop.payment(Shop.AGENT, Shop.day()));

        assertThatThrownBy(() -> shop.extend("{\"extend_hours\":4320}", new DecodedPayment.None(), Optional.empty()))
                .isInstanceOfSatisfying(ApiException.class,
                        e -> assertThat(e.code()).isEqualTo("prepaid_limit_exceeded"));
    }

    @Test
    void anExpiredMachineCannotBeExtended() {
        shop.buy(shop.payment(Shop.AGENT, Shop.day()));
        shop.clock.advance(Duration.ofHours(25));

        assertThatThrownBy(() -> shop.extend("{}", new DecodedPayment.None(), Optional.empty()))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(410));
    }
}
