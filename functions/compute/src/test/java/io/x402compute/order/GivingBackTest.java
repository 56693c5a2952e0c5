package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.x402compute.event.DomainEvent;
import io.x402compute.instance.FakeProvider;
import io.x402compute.payment.Claim;
import io.x402compute.payment.OrderId;
import io.x402compute.payment.PaymentState;
import io.x402compute.payment.Refund;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.Usdc;

/** An order that was paid on the chain and cannot be delivered, at an operator's who has a refund wallet. */
class GivingBackTest {
    private static final EvmWallet REFUND_WALLET = EvmWallet.of("0x" + "44".repeat(32));
    private static final String AGENT = Shop.AGENT.wallet().address();

    private final Shop shop = new Shop();
    private final PaymentPayload payment = shop.payment(Shop.AGENT, Shop.day());
    private final long before = shop.token.balance(AGENT);

    @BeforeEach
    void openARefundWallet() {
        shop.refunds(() -> Optional.of(REFUND_WALLET));
        fund();
        shop.provider.next(FakeProvider.Trouble.REFUSED);
    }

    @Test
    void whatCannotBeDeliveredIsBackAtThePayerWithTheAnswer() {
        Claim claim = Shop.order(shop.buy(payment));

        assertThat(claim.state()).isEqualTo(PaymentState.REFUNDED);
        assertThat(refund().transaction()).startsWith("0x");
        assertRefundedOnce();
    }

    @Test
    void itIsToldOnce() {
        shop.buy(payment);
        shop.buy(payment);
        shop.minutes(2);

        assertThat(shop.bus).extracting(DomainEvent::type).containsOnlyOnce("RefundIssued")
                .doesNotContain("CreditIssued");
        assertRefundedOnce();
    }

    @Test
    void aRefundWhoseAnswerIsLostIsFoundOnTheChain() {
        shop.token.next(FakeToken.Trouble.NONE);
        shop.token.next(FakeToken.Trouble.TIMEOUT_AFTER_SETTLING);
        assertThat(Shop.order(shop.buy(payment)).state()).isEqualTo(PaymentState.REFUND_UNKNOWN);

        shop.minutes(2);

        assertRefundedOnce();
        assertThat(shop.token.settlementsAsked()).isEqualTo(2);
    }

    @Test
    void aRefundThatNeverLeftIsSentAgain() {
        shop.token.next(FakeToken.Trouble.NONE);
        shop.token.next(FakeToken.Trouble.TIMEOUT_BEFORE_SENDING);
        shop.buy(payment);

        shop.minutes(2);

        assertRefundedOnce();
    }

    @Test
    void aRefusalOfARefundThatHappenedIsNotBelieved() {
        shop.token.next(FakeToken.Trouble.NONE);
        shop.token.next(FakeToken.Trouble.REFUSED_AFTER_SETTLING);

        assertThat(Shop.order(shop.buy(payment)).state()).isEqualTo(PaymentState.REFUNDED);
        assertRefundedOnce();
    }

    @Test
    void aRefundThatIsNotMinedOffersMoreUntilItIs() {
        shop.token.next(FakeToken.Trouble.TIMEOUT_AFTER_SETTLING);
        shop.buy(payment);
        shop.token.minesFrom(2);

        shop.minutes(12);

        assertRefundedOnce();
        assertThat(shop.token.repriced()).hasSize(2);
    }

    @Test
    void anEmptyRefundWalletKeepsItOpenUntilItIsFilled() {
        empty();
        Claim held = Shop.order(shop.buy(payment));
        assertThat(held.state()).isEqualTo(PaymentState.REFUND_UNKNOWN);
        assertThat(refund().trouble()).isEqualTo("invalid_exact_evm_insufficient_balance");
        shop.minutes(120);
        assertThat(claim().state()).isEqualTo(PaymentState.REFUND_UNKNOWN);

        fund();
        shop.minutes(61);

        assertRefundedOnce();
        assertThat(refund().trouble()).isEmpty();
    }

    @Test
    void whatWasRefusedIsTriedLessAndLessOftenHoweverOftenThePayerAsks() {
        empty();
        shop.buy(payment);
        for (int minute = 0; minute < 300; minute++) {
            shop.minute();
            shop.buy(payment);
        }

        assertThat(claim().tries()).isBetween(8, 14);
        assertThat(claim().attendAt()).hasValueSatisfying(
                next -> assertThat(next).isBeforeOrEqualTo(shop.clock.instant().plus(Duration.ofHours(1))));
    }

    @Test
    void aRefundThatRanOutIsSignedAnewUnderTheSameNonce() {
        shop.token.next(FakeToken.Trouble.NONE);
        shop.token.next(FakeToken.Trouble.TIMEOUT_BEFORE_SENDING);
        shop.buy(payment);
        Payment first = refund().transfer().orElseThrow();
        shop.clock.advance(Duration.ofHours(1));
        shop.resume();

        Payment second = refund().transfer().orElseThrow();
        assertThat(second).isNotEqualTo(first);
        assertThat(second.key()).isEqualTo(first.key());
        assertRefundedOnce();
    }

    @Test
    void aNonceThatTheOperatorCancelledIsCreditedInstead() {
        empty();
        shop.buy(payment);
        shop.token.cancel(refund().transfer().orElseThrow());
        fund();

        shop.minutes(5);

        assertCreditedOnce();
    }

    @Test
    void whileTheWalletsKeyCannotBeReadItIsOpenAndSaysSo() {
        shop.refunds(Optional::empty);
        shop.buy(payment);
        assertThat(claim().state()).isEqualTo(PaymentState.REFUND_DUE);
        assertThat(refund().trouble()).isEqualTo("refund_wallet_unavailable");

        shop.refunds(() -> Optional.of(REFUND_WALLET));
        shop.minutes(2);

        assertRefundedOnce();
    }

    @Test
    void anOperatorWhoGivesTheWalletUpBeforeAnythingIsSignedGivesCredit() {
        shop.refunds(Optional::empty);
        shop.buy(payment);

        shop.givesCredit();
        shop.minutes(5);

        assertCreditedOnce();
    }

    @Test
    void anOperatorWhoGivesTheWalletUpLaterGivesCreditOnlyOnceTheRefundIsDead() {
        shop.token.next(FakeToken.Trouble.NONE);
        shop.token.next(FakeToken.Trouble.TIMEOUT_BEFORE_SENDING);
        shop.buy(payment);
        empty();
        shop.givesCredit();

        shop.minutes(14);
        assertThat(claim().state()).isEqualTo(PaymentState.REFUND_UNKNOWN);
        shop.minutes(30);

        fund();
        shop.minutes(90);
        assertCreditedOnce();
    }

    @Test
    void aRefundThatIsOutIsNotCreditedWhateverTheOperatorChanges() {
        shop.token.next(FakeToken.Trouble.NONE);
        shop.token.next(FakeToken.Trouble.TIMEOUT_AFTER_SETTLING);
        shop.buy(payment);

        shop.givesCredit();
        shop.minutes(2);

        assertRefundedOnce();
    }

    @Test
    void anOrderThatMayHaveBeenCreditedIsNotRefundedByAnOperatorWhoHasAWalletNow() {
        shop.givesCredit();
        Claim due = Shop.order(shop.buy(payment));
        // The function dies after it has entered the credit, and before it could write that down.
        shop.ledger.lose(due);

        shop.refunds(() -> Optional.of(REFUND_WALLET));
        shop.minutes(5);

        assertCreditedOnce();
    }

    @Test
    void aTransferThatCameAfterTheRefusalGoesBackOnTheChain() {
        shop.token.next(FakeToken.Trouble.REFUSED);
        shop.buy(payment);
        assertThat(claim().state()).isEqualTo(PaymentState.SETTLE_REFUSED);
        shop.token.broadcastByStranger(shop.judged(payment, Shop.day()));

        shop.minutes(10);

        assertThat(claim().reason()).isEqualTo("settled_after_refusal");
        assertRefundedOnce();
    }

    @Test
    void whatWasPaidWithCreditIsCreditAgain() {
        shop.credits.give(Shop.AGENT.wallet(), Shop.day(), new OrderId(UUID.randomUUID()), "gift",
                shop.clock.instant());
        shop.placeWithCredit(Shop.AGENT.wallet(), Shop.day());

        shop.minutes(4);

        assertThat(claim().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Shop.day());
        assertThat(shop.token.transfers()).isZero();
    }

    @Test
    void aRequestWithoutTimeLeavesTheRefundToTheResumer() {
        Instant almostNow = shop.clock.instant().plusSeconds(4);
        Claim claim = Shop.order(shop.buy(Shop.BODY,
                new DecodedPayment.Decoded(payment), Optional.empty(), almostNow));
        assertThat(claim.state()).isNotEqualTo(PaymentState.REFUNDED);

        shop.minutes(4);

        assertRefundedOnce();
    }

    private void fund() {
        shop.token.mint(REFUND_WALLET.wallet().address(), 10 * Shop.day().micros());
    }

    private void empty() {
        shop.token.mint(REFUND_WALLET.wallet().address(), -shop.token.balance(REFUND_WALLET.wallet().address()));
    }

    private Claim claim() {
        List<Claim> all = shop.ledger.all();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private Refund refund() {
        return claim().refund().orElseThrow();
    }

    private void assertRefundedOnce() {
        assertThat(claim().state()).isEqualTo(PaymentState.REFUNDED);
        assertThat(shop.token.balance(AGENT)).isEqualTo(before);
        assertThat(shop.token.balance(Shop.OPERATOR)).isEqualTo(Shop.day().micros());
        assertThat(shop.token.transfers()).isEqualTo(2);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Usdc.ZERO);
    }

    private void assertCreditedOnce() {
        assertThat(claim().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(shop.credits.owed(Shop.AGENT.wallet())).isEqualTo(Shop.day());
        assertThat(shop.token.balance(AGENT)).isEqualTo(before - Shop.day().micros());
        assertThat(shop.token.transfers()).isEqualTo(1);
    }
}
