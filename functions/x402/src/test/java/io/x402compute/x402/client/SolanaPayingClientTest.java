package io.x402compute.x402.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.x402.client.SellerDouble.Next;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.ExactSvmTerms;
import io.x402compute.x402.solana.FakeSolanaChain;
import io.x402compute.x402.solana.FeeLimits;
import io.x402compute.x402.solana.Programs;
import io.x402compute.x402.solana.TransferTerms;
import io.x402compute.x402.solana.TransferTransaction;
import io.x402compute.x402.solana.Vectors;

class SolanaPayingClientTest {
    private static final Usdc LIMIT = new Usdc(1_000_000);
    private static final PaymentRequirements OFFER = offer(Map.of());
    private static final EvmWallet EVM = EvmWallet
            .of("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

    private final FakeSolanaChain chain = new FakeSolanaChain(Vectors.USDC, Programs.TOKEN, new Random(3));
    private final List<PaymentRequirements> offers = new ArrayList<>(List.of(OFFER));
    private SellerDouble seller;

    @TempDir
    private Path directory;

    @BeforeEach
    void fund() {
        chain.fund(Vectors.PAYER.address(), LIMIT.micros());
        chain.fund(Vectors.PAY_TO, 0);
    }

    @AfterEach
    void stop() {
        seller.close();
    }

    @ParameterizedTest
    @CsvSource({"true, true, 2", "false, true, 2", "true, false, 1"})
    void anOfferOfEitherVersionIsPaidOnItsTerms(boolean version1, boolean version2, int paid) throws Exception {
        sell(version1, version2);
        assertThat(client().send(request())).isInstanceOf(Purchase.Paid.class);
        assertThat(seller.payments()).singleElement().satisfies(payment -> {
            assertThat(payment.version()).isEqualTo(paid);
            assertThat(payment.network()).isEqualTo(Network.SOLANA_DEVNET);
            assertThat(isOnTerms(payment, OFFER)).isTrue();
        });
    }

    @Test
    void twoPaymentsOfTheSameAreNeverOneTransaction() throws Exception {
        sell(true, true);
        client().send(request());
        client().send(request());
        assertThat(seller.payments()).extracting(PaymentPayload::schemePayload).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void theSellersMemoIsInIt() throws Exception {
        offers.set(0, offer(Map.of("memo", "order-0001")));
        sell(true, true);
        client().send(request());
        assertThat(isOnTerms(seller.payments().get(0), offers.get(0))).isTrue();
    }

    @Test
    void aHintSparesAQuestion() throws Exception {
        offers.set(0, offer(Map.of("recentBlockhash", Vectors.BLOCKHASH)));
        sell(true, true);
        client().send(request());
        assertThat(chain.questions()).isEmpty();
        assertThat(signed(seller.payments().get(0)).transaction().message().blockhash()).isEqualTo(Vectors.BLOCKHASH);
    }

    @Test
    void withoutABlockhashNothingIsPaid() {
        sell(true, true);
        chain.setUnreachable(true);
        assertThatThrownBy(() -> client().send(request())).isInstanceOf(IOException.class);
        assertThat(seller.payments()).isEmpty();
    }

    @Test
    void moreThanTheLimitIsNotPaid() throws Exception {
        offers.set(0, OFFER.withAmount(LIMIT.plus(new Usdc(1))));
        sell(true, true);
        assertThat(client().send(request())).isInstanceOf(Purchase.OverLimit.class);
        assertThat(seller.payments()).isEmpty();
    }

    @Test
    void aRestartSendsTheSameTransaction() throws Exception {
        sell(true, true);
        seller.then(Next.HANG_UP);
        Path file = directory.resolve("payments");
        for (int start = 0; start < 2; start++) {
            try (FileJournal journal = FileJournal.open(file)) {
                PayingClient.of(Vectors.PAYER, chain, LIMIT).journal(journal).build().send(request());
            }
        }
        assertThat(seller.paymentTexts()).hasSize(2).containsOnly(seller.paymentTexts().get(0));
    }

    @Test
    void aPendingPaymentIsSentAgainAsItIs() throws Exception {
        sell(true, true);
        seller.then(Next.PENDING, Next.PENDING);
        assertThat(client().send(request())).isInstanceOf(Purchase.Paid.class);
        assertThat(seller.paymentTexts()).hasSize(3).containsOnly(seller.paymentTexts().get(0));
    }

    @ParameterizedTest
    @CsvSource({"9999, eip155:84532", "10000, solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1",
        "10001, solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1"})
    void ofTwoNetworksTheCheaperIsPaid(long onBase, String paid) throws Exception {
        offers.add(io.x402compute.x402.protocol.Vectors.OFFER.withAmount(new Usdc(onBase)));
        sell(true, true);
        PayingClient both = PayingClient.of(EVM, LIMIT).solana(Vectors.PAYER, chain).waiter(time -> {}).build();
        both.send(request());
        assertThat(seller.payments().get(0).network().caip2()).isEqualTo(paid);
    }

    @Test
    void aWalletOfAnotherNetworkPaysNothing() throws Exception {
        sell(true, true);
        assertThat(PayingClient.of(EVM, LIMIT).build().send(request())).isInstanceOf(Purchase.Unpayable.class);
    }

    @Test
    void whatIsNotUsdcOrNotPayableIsLeftAlone() throws Exception {
        PaymentRequirements otherToken = new PaymentRequirements("exact", OFFER.network(), OFFER.amount(),
                Vectors.wallet(9).address(), OFFER.payTo(), 60, OFFER.extra());
        offers.clear();
        offers.addAll(List.of(otherToken, offer(Map.of("feePayer", "nobody")),
                offer(Map.of("feePayer", Vectors.PAYER.address())), offer(Map.of("memo", "x".repeat(257))),
                offer(Map.of("paymentFlow", "escrow"))));
        sell(false, true);
        assertThat(client().send(request())).isInstanceOf(Purchase.Unpayable.class);
        assertThat(seller.payments()).isEmpty();
    }

    private static boolean isOnTerms(PaymentPayload payment, PaymentRequirements offer) {
        TransferTerms terms = new TransferTerms(offer.asset(), offer.payTo(), offer.amount().micros(),
                Vectors.FEE_PAYER.address(), Optional.ofNullable(offer.extra().get("memo")));
        return new ExactSvmTerms(FeeLimits.DEFAULT).check(signed(payment), terms).isEmpty();
    }

    private static TransferTransaction signed(PaymentPayload payment) {
        return ((SchemePayload.Solana) payment.schemePayload()).payment();
    }

    private PayingClient client() {
        return PayingClient.of(Vectors.PAYER, chain, LIMIT).waiter(time -> {}).build();
    }

    private void sell(boolean version1, boolean version2) {
        try {
            seller = new SellerDouble(
                    new PaymentRequired("", io.x402compute.x402.protocol.Vectors.RESOURCE, offers), version1, version2);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(seller.uri()).POST(HttpRequest.BodyPublishers.ofString("{}")).build();
    }

    private static PaymentRequirements offer(Map<String, String> more) {
        Map<String, String> extra = new HashMap<>(Map.of("feePayer", Vectors.FEE_PAYER.address()));
        extra.putAll(more);
        return new PaymentRequirements("exact", Network.SOLANA_DEVNET, new Usdc(10_000), Vectors.USDC, Vectors.PAY_TO,
                60, extra);
    }
}
