package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.x402compute.http.ApiException;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.inference.FakeInference;
import io.x402compute.inference.Priority;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.Service;
import io.x402compute.payment.Claim;
import io.x402compute.payment.FakeCredits;
import io.x402compute.payment.FakeLedger;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.PayerSignature;
import io.x402compute.x402.extension.ExtensionEcho;
import io.x402compute.x402.facilitator.TransferProofs.Flaw;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.TransactionId;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** What a transaction that everybody can see buys, and what it does not. */
class ProofCheckoutTest {
    private static final Wallet PAYER = Shop.AGENT.wallet();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:10Z"));
    private final FakeLedger ledger = new FakeLedger();
    private final FakeCredits credits = new FakeCredits();
    private final FakeToken token = new FakeToken(clock);
    private final FakeProofs chain = new FakeProofs(clock);
    private final FakeInference inference = new FakeInference(clock);
    private final AmountMarks marks = new AmountMarks(() -> "a secret of the shop");
    private final RunPrices prices = new RunPrices(inference, Optional.of(marks), clock);
    private final PaymentRequirements offer = new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE,
            Usdc.ZERO, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", Shop.OPERATOR, 300,
            Map.of("name", "USD Coin", "version", "2"));
    private final PaymentTerms terms = new PaymentTerms(List.of(offer));
    private final OrderAdvancer orders = new OrderAdvancer(ledger, token, token,
            new Deliveries(Optional.empty(), Optional.empty(), new TopUpFulfilment(credits, clock),
                    Optional.of(new RunFulfilment(inference.runs(new Crashes(RandomGenerator.getDefault())), credits,
                            clock))),
            credits, clock);
    private final ProofCheckout checkout = new ProofCheckout(terms, chain, ledger, orders, clock);
    private final Checkout signed = new Checkout(terms, ExtensionEcho.NOTHING, new PayerSignature(new NoChain()), token,
            ledger, orders, clock);

    @Test
    void whoHasPaidTheAmountThatWasAskedGetsIt() {
        TransactionId paid = chain.pays(PAYER, asked("a cat"));
        chain.isRecent(paid, false);

        Claim order = Shop.order(present("a cat", paid));

        assertThat(order.state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(order.payer()).isEqualTo(PAYER);
        assertThat(order.amount()).isEqualTo(asked("a cat"));
        assertThat(order.transaction()).isEqualTo(paid.value());
    }

    @Test
    void theSameProofForTheSameRequestIsTheSameOrder() {
        TransactionId paid = chain.pays(PAYER, asked("a cat"));

        Claim order = Shop.order(present("a cat", paid));
        clock.advance(Duration.ofDays(2));

        assertThat(Shop.order(present("a cat", paid)).order()).isEqualTo(order.order());
        assertThat(inference.calls()).as("runs").hasSize(1);
    }

    @Test
    void aTransactionThatBoughtOneThingBuysNoOther() {
        TransactionId paid = chain.pays(PAYER, asked("a cat"));
        present("a cat", paid);

        refusedWith(409, "payment_already_used", () -> present("a dog", paid));
    }

    @Test
    void whatWasPaidForOneRequestDoesNotBuyAnother() {
        TransactionId paid = chain.pays(PAYER, asked("a cat"));

        assertThat(Shop.refusal(present("a dog", paid))).isEqualTo(ProofCheckout.WRONG_AMOUNT);
        assertThat(ledger.find(key(paid))).as("the stranger's claim").isEmpty();
        assertThat(Shop.order(present("a cat", paid)).state()).isEqualTo(PaymentState.FULFILLED);
    }

    @Test
    void whatWasPaidAtAnotherTimeDoesNotCount() {
        Usdc asked = asked("a cat");
        clock.advance(Duration.ofMinutes(10));
        TransactionId late = chain.pays(PAYER, asked);

        assertThat(Shop.refusal(present("a cat", late))).isEqualTo(ProofCheckout.WRONG_AMOUNT);
    }

    @Test
    void whatIsPaidWhileTheNextFiveMinutesLastCounts() {
        Usdc asked = asked("a cat");
        clock.advance(Duration.ofMinutes(9));
        TransactionId paid = chain.pays(PAYER, asked);

        assertThat(Shop.order(present("a cat", paid)).state()).isEqualTo(PaymentState.FULFILLED);
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatIsNoPaymentIsRefusedWithTheReason(Flaw flaw) {
        assertThat(Shop.refusal(present("a cat", chain.flawed(flaw)))).isEqualTo(flaw.reason());
    }

    /** Whoever is asked for money again may pay again. */
    @Test
    void whatIsNotConfirmedYetIsToBePresentedAgainAndNotPaidAgain() {
        refusedWith(409, "payment_unconfirmed", () -> present("a cat", chain.unseen()));
        TransactionId paid = chain.pays(PAYER, asked("a cat"));
        chain.isRecent(paid, true);
        refusedWith(409, "payment_unconfirmed", () -> present("a cat", paid));
        chain.isRecent(paid, false);
        assertThat(Shop.order(present("a cat", paid)).state()).isEqualTo(PaymentState.FULFILLED);
    }

    @Test
    void aSilentChainProvesNothing() {
        chain.setUnreachable(true);
        refusedWith(503, "payment_network_unavailable", () -> present("a cat", chain.unseen()));
    }

    @Test
    void whatSomebodyElseHasPaidIsRefusedToWhoSaysThatHeHas() {
        TransactionId paid = chain.pays(PAYER, asked("a cat"));

        CheckoutResult refused = checkout.checkout(wish("a cat"),
                new PaymentProof(paid, Optional.of(Shop.OTHER_AGENT.wallet())), Optional.empty(), Optional.empty(),
                deadline());

        assertThat(Shop.refusal(refused)).isEqualTo(ProofCheckout.WRONG_SENDER);
        assertThat(ledger.find(key(paid))).isEmpty();
    }

    @Test
    void aSignedRequestIsThatOfWhoHasPaid() {
        TransactionId paid = chain.pays(PAYER, asked("a cat"));

        refusedWith(403, "payer_mismatch", () -> present("a cat", paid, Optional.of(Shop.OTHER_AGENT.wallet())));
        assertThat(Shop.order(present("a cat", paid, Optional.of(PAYER))).payer()).isEqualTo(PAYER);
    }

    @Test
    void whatASignedPaymentHasBoughtWithItsTransferBuysNothingMore() {
        Payment payment = signedFor("a cat");
        Claim order = Shop.order(pay("a cat", payment));
        TransactionId settled = chain.settles(payment.key(), PAYER, order.amount());

        refusedWith(409, "payment_already_used", () -> present("a dog", settled));
        refusedWith(409, "payment_already_used", () -> present("a cat", settled));
    }

    @Test
    void whatATransferHasBoughtIsNotBoughtAgainWithTheSignatureBehindIt() {
        Payment payment = signedFor("a cat");
        token.broadcastByStranger(payment);
        TransactionId settled = chain.settles(payment.key(), PAYER, payment.requirements().amount());
        Claim order = Shop.order(present("a cat", settled));

        refusedWith(409, "payment_already_used", () -> pay("a dog", payment));
        assertThat(Shop.order(pay("a cat", payment)).order()).isEqualTo(order.order());
        assertThat(inference.calls()).as("runs").hasSize(1);
    }

    /** The money is here and was meant for this: it is not lost, and whoever has only seen the transaction gets nothing. */
    @Test
    void whatIsPresentedTooLateIsOwedBackToWhoHasPaid() {
        TransactionId paid = chain.pays(PAYER, asked("a cat"));
        clock.advance(Duration.ofMinutes(16));

        Claim order = Shop.order(present("a cat", paid));

        assertThat(order.state()).isEqualTo(PaymentState.CREDITED);
        assertThat(order.reason()).isEqualTo(RefundReason.PRICE_CHANGED.code());
        assertThat(credits.balance(PAYER).orElseThrow().available()).isEqualTo(order.amount());
    }

    @Test
    void whatWasPaidAtAPriceThatIsNoMoreIsOwedBack() {
        TransactionId paid = chain.pays(PAYER, asked("a cat"));
        inference.costs(new Usdc(20_000));

        Claim order = Shop.order(present("a cat", paid));

        assertThat(order.state()).isEqualTo(PaymentState.CREDITED);
        assertThat(inference.calls()).isEmpty();
    }

    @Test
    void whatWasPaidForWhatIsNotSoldAnyMoreIsOwedBack() {
        TransactionId paid = chain.pays(PAYER, asked("a cat"));
        inference.withoutUpstream();

        Claim order = Shop.order(present("a cat", paid));

        assertThat(order.state()).isEqualTo(PaymentState.CREDITED);
        assertThat(order.reason()).isEqualTo(RefundReason.NOT_FOR_SALE.code());
    }

    @Test
    void aRunThatFailsIsOwedBackToWhoHasPaid() {
        TransactionId paid = chain.pays(PAYER, asked("a cat"));
        inference.failsNext("upstream_failed");

        Claim order = Shop.order(present("a cat", paid));

        assertThat(order.state()).isEqualTo(PaymentState.CREDITED);
        assertThat(credits.balance(PAYER).orElseThrow().available()).isEqualTo(order.amount());
        assertThat(Shop.order(present("a cat", paid)).order()).as("for good").isEqualTo(order.order());
    }

    @Test
    void whatAMeteredRunHasNotUsedIsGivenBack() {
        Purchase metered = wish(FakeInference.METERED, "a poem");
        Usdc asked = metered.price().current();
        TransactionId paid = chain.pays(PAYER, asked);

        Claim order = Shop.order(checkout.checkout(metered, proof(paid), Optional.empty(), Optional.empty(),
                deadline()));

        assertThat(order.state()).isEqualTo(PaymentState.FULFILLED);
        assertThat(credits.balance(PAYER).orElseThrow().available()).isEqualTo(asked.minus(FakeInference.USED));
    }

    @Test
    void whatIsWorthMoreThanADollarIsProvenBySignaturesOnly() {
        TransactionId paid = chain.pays(PAYER,
                wish("a cat").mark().orElseThrow().on(AmountMark.MOST.plus(new Usdc(1_000)), clock.instant()));

        assertThat(Shop.refusal(present("a cat", paid))).isEqualTo(ProofCheckout.WRONG_AMOUNT);
    }

    @Test
    void aKeyIsHeededWhereItsOwnerHasSignedTheRequest() {
        TransactionId first = chain.pays(PAYER, asked("a cat"));
        TransactionId second = chain.pays(PAYER, asked("a cat"));
        Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("a-cat-of-today-1"));

        Claim order = Shop.order(checkout.checkout(wish("a cat"), proof(first), Optional.of(PAYER), key,
                deadline()));

        assertThat(Shop.order(checkout.checkout(wish("a cat"), proof(second), Optional.of(PAYER), key,
                deadline())).order()).as("the order of the key").isEqualTo(order.order());
        assertThat(Shop.order(checkout.checkout(wish("a cat"), proof(second), Optional.empty(), key,
                deadline())).order()).as("of whoever it is").isNotEqualTo(order.order());
    }

    @Test
    void whatIsNotSoldByProofIsNotBoughtByOne() {
        TransactionId paid = chain.pays(PAYER, new Usdc(5_000_000));

        assertThat(Shop.refusal(checkout.checkout(
                new CreditPurchase(new TopUpRequest(new Usdc(5_000_000), Optional.empty()), "/compute/credits/topup",
                        new Resource("https://api", "", ""), UUID::randomUUID),
                proof(paid), Optional.empty(), Optional.empty(), deadline()))).isEqualTo(ProofCheckout.WRONG_AMOUNT);
    }

    private CheckoutResult present(String prompt, TransactionId transaction) {
        return present(prompt, transaction, Optional.empty());
    }

    private CheckoutResult present(String prompt, TransactionId transaction, Optional<Wallet> caller) {
        return checkout.checkout(wish(prompt), proof(transaction), caller, Optional.empty(), deadline());
    }

    private CheckoutResult pay(String prompt, Payment payment) {
        return signed.checkout(wish(prompt), new DecodedPayment.Decoded(payment.payload()), Optional.empty(),
                Optional.empty(), deadline());
    }

    private Payment signedFor(String prompt) {
        EvmWallet wallet = Shop.AGENT;
        token.mint(PAYER.address(), 1_000_000);
        PaymentRequirements priced = offer.withAmount(asked(prompt));
        Eip3009Authorization authorization = new Eip3009Authorization(PAYER.address(), Shop.OPERATOR,
                BigInteger.valueOf(priced.amount().micros()), BigInteger.ZERO,
                BigInteger.valueOf(clock.instant().getEpochSecond() + 300), "0x" + "77".repeat(32));
        return new Payment(new PaymentPayload(1, PaymentRequirements.EXACT, Network.BASE,
                wallet.authorize(authorization, priced), Optional.empty(), Optional.empty()), priced);
    }

    /** As its challenge asks. */
    private Usdc asked(String prompt) {
        return wish(prompt).price().current();
    }

    private PaymentKey key(TransactionId transaction) {
        return PaymentKey.ofTransfer(transaction, 0);
    }

    private static PaymentProof proof(TransactionId transaction) {
        return new PaymentProof(transaction, Optional.empty());
    }

    private static void refusedWith(int status, String code,
            ThrowingCallable call) {
        AbstractThrowableAssert<?, ?> refusal = assertThatThrownBy(call).isInstanceOf(ApiException.class);
        refusal.extracting("status", "code").containsExactly(status, code);
    }

    private Instant deadline() {
        return clock.instant().plusSeconds(29);
    }

    /** A run as it is sold where transactions count. */
    private Purchase wish(Service service, String prompt) {
        return new RunPurchase(new RunRequest(service.key(), Json.object().put("prompt", prompt), Priority.FAST,
                Optional.empty()), service, new Resource("https://api/v1/run", "A run", Purchases.JSON),
                Optional.empty(), prices, UUID::randomUUID, UUID::randomUUID);
    }

    private Purchase wish(String prompt) {
        return wish(FakeInference.IMAGE, prompt);
    }
}
