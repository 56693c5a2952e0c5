package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.ApiException;
import io.x402compute.page.PageRequest;
import io.x402compute.payment.Claim;
import io.x402compute.payment.CreditEntry;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Usdc;

class TopUpTest {
    private static final EvmWallet AGENT = Shop.AGENT;
    private static final Usdc FIFTY = new Usdc(50_000_000);
    private static final String BODY = "{\"amount\":50}";

    private final Shop shop = new Shop();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"50 | 50000000", "50.0 | 50000000", "\"50\" | 50000000",
        "\"50.00\" | 50000000", "1 | 1000000", "10000 | 10000000000", "5e1 | 50000000", "1.000001 | 1000001",
        "2.50 | 2500000", "\"9999.999999\" | 9999999999", "1.1000000000000 | 1100000",
        // Not a double: its nearest one is a little less.
        "4.35 | 4350000", "1.0000010 | 1000001"})
    void asManyDollarsAsAreAskedForAreAskedInReturn(String amount, long micros) {
        assertThat(asked("{\"amount\":" + amount + "}")).isEqualTo(new Usdc(micros));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.999999", "10000.000001", "-50", "\"-50\"", "1e400", "1e-400", "1.0000001", "\"\"",
        "\" 50\"", "\"50 \"", "\"5e1\"", "\"+50\"", "\"0x32\"", "\"1,50\"", "\"\u0665\u0660\"", "null", "true", "[50]",
        "{}", "\"9999999999999999999999999999999999999999\"", "\"NaN\"", "\".5\"", "\"50.\""})
    void anAmountThatIsNoneIsRefused(String amount) {
        assertThatThrownBy(() -> asked("{\"amount\":" + amount + "}"))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.status()).isEqualTo(400);
                    assertThat(e.code()).isEqualTo("invalid_field");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{} | missing_field", "{\"network\":\"base\"} | missing_field",
        "{\"amount\":50,\"network\":\"solana\"} | unsupported_network",
        "{\"amount\":50,\"network\":\"dogecoin\"} | unsupported_network",
        "{\"amount\":50,\"use_credits\":true} | invalid_field", "{\"amount\":50,\"use_credits\":1} | invalid_field"})
    void whatIsWrongIsRefusedBeforeAnyPriceIsTold(String body, String code) {
        assertThatThrownBy(() -> asked(body)).isInstanceOfSatisfying(ApiException.class,
                e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aProbeWithoutABodyLearnsTheLeastThatCanBeBoughtAndBuysNothing() {
        assertThat(asked("")).isEqualTo(TopUpRequest.LEAST);

        DecodedPayment paid = new DecodedPayment.Decoded(shop.payment(AGENT, TopUpRequest.LEAST));
        assertThatThrownBy(() -> shop.topUp("", paid)).isInstanceOfSatisfying(ApiException.class,
                e -> assertThat(e.code()).isEqualTo("missing_field"));
        assertThat(shop.token.transfers()).isZero();
    }

    @Test
    void whatIsPaidIsCreditAtOnceAndBuysMachines() {
        Claim order = Shop.order(shop.topUp(BODY, paid(FIFTY)));

        assertThat(order.state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.credits.owed(AGENT.wallet())).isEqualTo(FIFTY);
        assertThat(shop.token.balance(Shop.OPERATOR)).isEqualTo(FIFTY.micros());
        assertThat(shop.credits.entries(AGENT.wallet(), PageRequest.newest(10)).rows()).singleElement()
                .satisfies(entry -> {
                    assertThat(entry.reason()).isEqualTo("topup");
                    assertThat(entry.kind()).isEqualTo(CreditEntry.Kind.GIVEN);
                    assertThat(entry.order()).isEqualTo(order.order().orderId());
                });

        assertThat(Shop.order(shop.buyWithCredit(Shop.BODY, AGENT.wallet(), "m")).state())
                .isEqualTo(PaymentState.SETTLED);
        assertThat(shop.credits.owed(AGENT.wallet())).isEqualTo(FIFTY.minus(Shop.day()));
    }

    @Test
    void theSamePaymentAgainDepositsOnce() {
        DecodedPayment payment = paid(FIFTY);
        shop.topUp(BODY, payment);
        shop.clock.advance(Duration.ofDays(1));

        // Another spelling of the same amount is the same request.
        Claim again = Shop.order(shop.topUp("{\"amount\":\"50.00\",\"network\":\"base\"}", payment));

        assertThat(again.state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(shop.credits.owed(AGENT.wallet())).isEqualTo(FIFTY);
        assertThat(shop.token.transfers()).isEqualTo(1);
        assertThatThrownBy(() -> shop.topUp("{\"amount\":49}", payment)).isInstanceOfSatisfying(ApiException.class,
                e -> assertThat(e.status()).isEqualTo(409));
    }

    @Test
    void aPaymentOfAnotherAmountIsRefused() {
        assertThat(Shop.refusal(shop.topUp(BODY, paid(new Usdc(49_999_999))))).contains("value_mismatch");
        assertThat(shop.token.transfers()).isZero();
    }

    @Test
    void aSettlementWhoseAnswerWasLostIsDepositedLater() {
        shop.token.next(FakeToken.Trouble.TIMEOUT_AFTER_SETTLING);
        assertThat(Shop.order(shop.topUp(BODY, paid(FIFTY))).state()).isEqualTo(PaymentState.SETTLE_UNKNOWN);
        assertThat(shop.credits.owed(AGENT.wallet())).isEqualTo(Usdc.ZERO);

        shop.minutes(4);

        assertThat(shop.credits.owed(AGENT.wallet())).isEqualTo(FIFTY);
        assertThat(shop.token.transfers()).isEqualTo(1);
    }

    private Usdc asked(String body) {
        return ((CheckoutResult.Challenged) shop.topUp(body, new DecodedPayment.None())).challenge().accepts().stream()
                .map(PaymentRequirements::amount).findFirst().orElseThrow();
    }

    private DecodedPayment paid(Usdc amount) {
        PaymentPayload payment = shop.payment(AGENT, amount);
        return new DecodedPayment.Decoded(payment);
    }
}
