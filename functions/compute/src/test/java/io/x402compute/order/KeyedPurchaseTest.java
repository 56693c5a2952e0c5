package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import io.x402compute.http.ApiException;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.idempotency.RequestKey;
import io.x402compute.instance.FakeProvider;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.Wallet;

/** One key buys one order, whatever it is paid with and however often. */
class KeyedPurchaseTest {
    private static final String KEY = "order-1";
    private static final Wallet AGENT = Shop.AGENT.wallet();

    private final Shop shop = new Shop();

    @Test
    void aNewPaymentUnderTheSameKeyIsNotTakenAndGetsTheFirstOrder() {
        Claim first = Shop.order(shop.buy(KEY, payment()));

        CheckoutResult.Ordered again = (CheckoutResult.Ordered) shop.buy(KEY, payment());

        assertThat(again.replayed()).isTrue();
        assertThat(again.claim().order()).isEqualTo(first.order());
        assertThat(shop.token.transfers()).isEqualTo(1);
        assertThat(shop.provider.everMade()).isEqualTo(1);
        assertThat(shop.ledger.all()).hasSize(1);
    }

    @Test
    void whoeverSignsTheRequestGetsTheOrderOfItsKeyWithoutPaying() {
        Claim first = Shop.order(shop.buy(KEY, payment()));

        CheckoutResult.Ordered again = (CheckoutResult.Ordered) look(Shop.BODY, AGENT);

        assertThat(again.replayed()).isTrue();
        assertThat(again.claim().order()).isEqualTo(first.order());
    }

    @Test
    void anUnusedKeyIsChallengedAndKeptNowhere() {
        assertThat(Shop.refusal(look(Shop.BODY, AGENT))).isEqualTo("Payment required");

        assertThat(Shop.order(shop.buy(KEY, payment())).state()).isEqualTo(PaymentState.SETTLED);
    }

    @Test
    void theSameKeyOfAnotherWalletIsAnotherKey() {
        Claim first = Shop.order(shop.buy(KEY, payment()));

        CheckoutResult.Ordered other = (CheckoutResult.Ordered) shop.buy(KEY, payment(Shop.OTHER_AGENT));

        assertThat(other.replayed()).isFalse();
        assertThat(other.claim().order().orderId()).isNotEqualTo(first.order().orderId());
        assertThat(shop.token.transfers()).isEqualTo(2);
    }

    @Test
    void aKeyIsBoundToItsRequest() {
        shop.buy(KEY, payment());
        String other = Shop.BODY.replace("\"prepaid_hours\":24", "\"prepaid_hours\":25");

        assertMismatch(() -> buy(other, payment()));
        assertMismatch(() -> look(other, AGENT));
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void aKeyThatWasUsedForSomethingElseBuysNothing() {
        shop.ledger.useOtherwise(new RequestKey(AGENT, new IdempotencyKey(KEY)));

        assertMismatch(() -> buy(Shop.BODY, payment()));
        assertThat(shop.ledger.all()).isEmpty();
    }

    @Test
    void whatCouldNotBeDeliveredIsNotBoughtAgainUnderItsKey() {
        shop.provider.next(FakeProvider.Trouble.REFUSED);
        Claim first = Shop.order(shop.buy(KEY, payment()));

        Claim again = Shop.order(shop.buy(KEY, payment()));

        assertThat(first.state()).isEqualTo(PaymentState.CREDITED);
        assertThat(again).isEqualTo(first);
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void aRefusedPaymentCanBeReplacedByAnotherUnderItsKey() {
        PaymentPayload refused = payment();
        Claim first = refused(refused);

        CheckoutResult.Ordered second = (CheckoutResult.Ordered) shop.buy(KEY, payment());

        assertThat(second.replayed()).isFalse();
        assertThat(second.claim().state()).isEqualTo(PaymentState.SETTLED);
        assertThat(second.claim().order().orderId()).isNotEqualTo(first.order().orderId());
        assertThat(Shop.order(shop.buy(KEY, refused)).order()).as("the first payment again")
                .isEqualTo(second.claim().order());
        assertThat(shop.provider.everMade()).isEqualTo(1);
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void aPaymentThatWasReplacedBuysNothingWithoutItsKeyEither() {
        PaymentPayload refused = payment();
        refused(refused);
        shop.buy(KEY, payment());

        Claim again = Shop.order(shop.buy(refused));

        assertThat(again.state()).isEqualTo(PaymentState.SETTLE_REFUSED);
        assertThat(again.reason()).isEqualTo("replaced_by_another_payment");
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    @Test
    void aTransferOfAReplacedPaymentThatComesLateIsGivenBack() {
        PaymentPayload refused = payment();
        Claim first = refused(refused);
        shop.buy(KEY, payment());

        shop.token.broadcastByStranger(shop.judged(refused, Shop.day()));
        shop.clock.advance(Duration.ofMinutes(10));
        shop.resume();

        assertThat(shop.ledger.find(first.key()).orElseThrow().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(shop.credits.owed(AGENT)).isEqualTo(Shop.day());
        assertThat(shop.provider.everMade()).isEqualTo(1);
    }

    @Test
    void theRefusedPaymentItselfMayStillBuyUnderItsKeyWhenItWouldSettleNow() {
        PaymentPayload refused = payment();
        Claim first = refused(refused);

        Claim again = Shop.order(shop.buy(KEY, refused));

        assertThat(again.order()).isEqualTo(first.order());
        assertThat(again.state()).isEqualTo(PaymentState.SETTLED);
    }

    @Test
    void aPaymentThatBoughtWithoutAKeyDoesNotBuyAgainUnderOne() {
        PaymentPayload payment = payment();
        Claim first = Shop.order(shop.buy(payment));

        assertThat(Shop.order(shop.buy(KEY, payment)).order()).isEqualTo(first.order());
        assertThat(shop.ledger.all()).hasSize(1);
    }

    @Test
    void whatCreditHasBoughtUnderAKeyIsNotBoughtAgainWithAPayment() {
        shop.gift(AGENT, Shop.day());
        Claim first = Shop.order(shop.buyWithCredit(Shop.BODY, AGENT, KEY));

        Claim again = Shop.order(shop.buy(KEY, payment()));

        assertThat(again.order()).isEqualTo(first.order());
        assertThat(shop.token.transfers()).isZero();
    }

    @Test
    void whatAPaymentHasBoughtUnderAKeyTakesNoCredit() {
        shop.gift(AGENT, Shop.day());
        Claim first = Shop.order(shop.buy(KEY, payment()));

        Claim again = Shop.order(shop.buyWithCredit(Shop.BODY, AGENT, KEY));

        assertThat(again.order()).isEqualTo(first.order());
        assertThat(shop.credits.owed(AGENT)).isEqualTo(Shop.day());
    }

    @Test
    void howeverFunctionsDieAndPaymentsAreRefusedOneKeyBuysOneMachineForOnePrice() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Crashes crashes = new Crashes(random);
            Shop dying = new Shop(crashes);
            long before = dying.token.balance(Hex.lowerCase(Shop.AGENT.address()));
            List<PaymentPayload> signed = new ArrayList<>();
            crashes.armed(0.04);
            for (int attempt = 0; attempt < 8; attempt++) {
                if (signed.isEmpty() || random.nextBoolean()) {
                    signed.add(dying.payment(Shop.AGENT, Shop.day()));
                }
                if (random.nextInt(4) == 0) {
                    dying.token.next(FakeToken.Trouble.REFUSED);
                }
                surviving(() -> dying.buy(KEY, signed.get(random.nextInt(signed.size()))));
                surviving(dying::resume);
                dying.clock.advance(Duration.ofSeconds(random.nextInt(120)));
            }
            crashes.disarmed();
            dying.token.nothingGoesWrong();
            dying.minutes(15);

            Claim order = Shop.order(dying.buy(KEY, dying.payment(Shop.AGENT, Shop.day())));
            dying.minutes(15);

            long paid = before - dying.token.balance(Hex.lowerCase(Shop.AGENT.address()));
            assertThat(paid - dying.credits.owed(AGENT).micros()).as("seed %d", seed).isEqualTo(Shop.day().micros());
            assertThat(dying.instances.only().id().toString()).as("seed %d", seed).isEqualTo(order.order().subject());
        }
    }

    private static void surviving(Runnable function) {
        try {
            function.run();
        } catch (Crashes.Crash gone) {
            // Nobody hears of it.
        } catch (ApiException refused) {
            assertThat(refused.code()).isIn("idempotency_in_progress", "payment_network_unavailable");
        }
    }

    private Claim refused(PaymentPayload payment) {
        shop.token.next(FakeToken.Trouble.REFUSED);
        Claim refused = Shop.order(shop.buy(KEY, payment));
        assertThat(refused.state()).isEqualTo(PaymentState.SETTLE_REFUSED);
        return refused;
    }

    private CheckoutResult look(String body, Wallet caller) {
        return shop.buy(body, new DecodedPayment.None(), Optional.of(caller), Optional.of(new IdempotencyKey(KEY)),
                shop.deadline());
    }

    private CheckoutResult buy(String body, PaymentPayload payment) {
        return shop.buy(body, new DecodedPayment.Decoded(payment), Optional.empty(),
                Optional.of(new IdempotencyKey(KEY)), shop.deadline());
    }

    private PaymentPayload payment() {
        return payment(Shop.AGENT);
    }

    private PaymentPayload payment(EvmWallet wallet) {
        return shop.payment(wallet, Shop.day());
    }

    private static void assertMismatch(ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(409);
            assertThat(e.code()).isEqualTo("idempotency_mismatch");
        });
    }
}
