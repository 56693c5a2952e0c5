package io.x402compute.x402.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.SolanaChain;
import io.x402compute.x402.solana.SolanaWallet;

/**
 * An HTTP client that pays. It sends a request; when the answer is 402 it signs the cheapest offer it can pay, if the owner's
 * limit allows, and sends the same request once more with the payment. It holds no money and sends no transaction: the seller
 * moves the money with what was signed.
 *
 * <pre>{@code
 * var client = PayingClient.of(EvmWallet.of(privateKey), Usdc.roundedUp(new BigDecimal("5"))).build();
 * PaidResponse answer = client.send(HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(json)).build());
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class PayingClient {
    private static final int PAYMENT_REQUIRED = 402;

    private final List<Payer> payers;
    private final Usdc limit;
    private final HttpClient http;
    private final PendingPatience patience;
    private final Duration requestTimeout;

    PayingClient(PayingClientBuilder builder) {
        this.payers = builder.payers();
        this.limit = builder.limit;
        this.http = builder.http;
        this.patience = new PendingPatience(builder.pendingQuestions, builder.waiter);
        this.requestTimeout = builder.requestTimeout;
    }

    /**
     * Starts a client that pays from this wallet.
     *
     * @param limit the most that one payment may cost
     */
    public static PayingClientBuilder of(EvmWallet wallet, Usdc limit) {
        return new PayingClientBuilder(limit).evm(wallet);
    }

    /**
     * Starts a client that pays from this wallet.
     *
     * @param chain asked for a recent blockhash where an offer has none
     * @param limit the most that one payment may cost
     */
    public static PayingClientBuilder of(SolanaWallet wallet, SolanaChain chain, Usdc limit) {
        return new PayingClientBuilder(limit).solana(wallet, chain);
    }

    /**
     * Sends the request and pays for it if asked to.
     *
     * @param request its body must be one that can be sent more than once, as all of {@code BodyPublishers} but
     *     {@code fromPublisher} can
     * @throws PaymentLimitExceeded before anything is signed
     * @throws PaymentInDoubt when no answer came after the payment had left; it holds the payment
     * @throws IOException when the seller could not be asked at all, or a node whose answer the payment needs
     */
    public PaidResponse send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> first = exchange(request, Optional.empty());
        Optional<ReceivedOffer> offer = offerIn(first);
        if (offer.isEmpty()) {
            return PaidResponse.of(first, Optional.empty(), Optional.empty());
        }
        PaymentPayload payment;
        try {
            payment = sign(offer.get());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return pay(request, payment, Optional.of(offer.get().requirements()));
    }

    /** What the request would cost: the offer that {@link #send} would pay. Empty when it costs nothing, or nothing we can pay. */
    public Optional<ReceivedOffer> quote(HttpRequest request) throws IOException, InterruptedException {
        return offerIn(exchange(request, Optional.empty()));
    }

    /**
     * Signs an offer without sending anything.
     *
     * @throws PaymentLimitExceeded before anything is signed
     * @throws IllegalArgumentException when none of the wallets can pay it
     * @throws UncheckedIOException when a node had to be asked for it and did not answer
     */
    public PaymentPayload sign(ReceivedOffer offer) {
        PaymentRequirements terms = offer.requirements();
        if (terms.amount().compareTo(limit) > 0) {
            throw new PaymentLimitExceeded(terms.amount(), limit);
        }
        Payer able = payers.stream().filter(payer -> payer.canPay(offer)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no wallet for that offer"));
        return offer.paidWith(able.sign(offer));
    }

    /**
     * Sends the request with a payment signed before, as often as it takes to learn what became of it. A payment moves money
     * at most once, however often it is sent.
     *
     * @throws PaymentInDoubt when no answer came
     */
    public PaidResponse pay(HttpRequest request, PaymentPayload payment) throws IOException, InterruptedException {
        return pay(request, payment, Optional.empty());
    }

    private PaidResponse pay(HttpRequest request, PaymentPayload payment, Optional<PaymentRequirements> terms)
            throws IOException, InterruptedException {
        try {
            return patience.untilSettled(
                    () -> PaidResponse.of(exchange(request, Optional.of(payment)), terms, Optional.of(payment)));
        } catch (IOException e) {
            throw new PaymentInDoubt(payment, e);
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, Optional<PaymentPayload> payment)
            throws IOException, InterruptedException {
        HttpRequest.Builder copy = HttpRequest.newBuilder(request, (name, value) -> true);
        payment.ifPresent(sent -> copy.setHeader(sent.headerName(), sent.headerText()));
        if (request.timeout().isEmpty()) {
            copy.timeout(requestTimeout);
        }
        return http.send(copy.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private Optional<ReceivedOffer> offerIn(HttpResponse<byte[]> response) {
        return response.statusCode() == PAYMENT_REQUIRED ? OfferChoice.cheapest(response, payers) : Optional.empty();
    }
}
