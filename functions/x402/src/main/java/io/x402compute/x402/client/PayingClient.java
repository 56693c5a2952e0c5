package io.x402compute.x402.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.SolanaChain;
import io.x402compute.x402.solana.SolanaWallet;

/**
 * An HTTP client that pays. It sends a request; when the answer is 402 it signs the cheapest offer it can pay, if the owner's
 * limits allow, writes the payment down and sends the same request once more with it. It holds no money and sends no
 * transaction: the seller moves the money with what was signed.
 *
 * <p><b>Nothing is paid twice.</b> While it is not known what became of a payment, its request is only ever sent with that
 * payment, by whichever process has the {@link Journal}. An answer that reached nobody is told from a second purchase of the
 * same by the request's {@code Idempotency-Key}: one key is one purchase for ever, and its answer can be asked for again.
 * Without a key a request is a new purchase as soon as its last payment was taken.
 *
 * <p>Safe for use by several threads.
 */
public final class PayingClient {
    private static final int PAYMENT_REQUIRED = 402;

    private final OfferSigner signer;
    private final PaymentBook book;
    private final SellerCalls calls;
    private final PendingPatience patience;

    PayingClient(PayingClientBuilder builder, PaymentBook book, SellerCalls calls) {
        this.signer = builder.signer();
        this.book = book;
        this.calls = calls;
        this.patience = new PendingPatience(builder.pendingQuestions, builder.waiter);
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
     * Sends the request and pays for it if asked to. While its settlement is pending it is sent again, and waited for.
     *
     * @param request its body must be one that can be sent more than once, as all of {@code BodyPublishers} but
     *     {@code fromPublisher} can
     * @throws IllegalArgumentException when its {@code Idempotency-Key} was used with another request
     * @throws IOException when no payment was sent: the seller could not be asked, or a node whose answer the payment needs, or
     *     the journal could not be written
     * @throws InterruptedException perhaps after a payment was sent: it is then one without an answer
     */
    public Purchase send(HttpRequest request) throws IOException, InterruptedException {
        PurchaseKey key = PurchaseKey.of(request);
        Optional<SignedPayment> earlier = book.paymentFor(key);
        if (earlier.isPresent()) {
            return sendAgain(request, earlier.get());
        }
        HttpResponse<byte[]> answer = calls.send(request, Optional.empty());
        if (answer.statusCode() != PAYMENT_REQUIRED) {
            return new Purchase.NothingAsked(answer);
        }
        Optional<ReceivedOffer> offer = OfferChoice.cheapest(answer, signer);
        return offer.isPresent() ? accept(request, key, answer, offer.get()) : new Purchase.Unpayable(answer);
    }

    /** What the request would cost: the offer that {@link #send} would pay. Empty when it costs nothing, or nothing we can pay. */
    public Optional<ReceivedOffer> quote(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = calls.send(request, Optional.empty());
        return answer.statusCode() == PAYMENT_REQUIRED ? OfferChoice.cheapest(answer, signer) : Optional.empty();
    }

    /** The payments that may still happen, or may have happened unseen, oldest first. */
    public List<SignedPayment> unresolved() {
        return book.unresolved();
    }

    /**
     * Lets the payment's purchase have another one. Only for an owner who has read on the chain, after the payment had lapsed,
     * that it did not happen.
     */
    public void abandon(SignedPayment payment) throws IOException {
        book.abandoned(payment);
    }

    private Purchase accept(HttpRequest request, PurchaseKey key, HttpResponse<byte[]> asked, ReceivedOffer offer)
            throws IOException, InterruptedException {
        Usdc price = offer.requirements().amount();
        Usdc left = book.left();
        if (price.compareTo(left) > 0) {
            return new Purchase.OverLimit(asked, price, left);
        }
        PaymentPayload signed = sign(offer);
        if (JournalLine.payload(signed.headerName(), signed.headerText()).isEmpty()) {
            // It would not be the same payment after a restart. An offer of kilobytes does that.
            return new Purchase.Unpayable(asked);
        }
        return switch (book.enter(key, signed)) {
            case PaymentBook.Entered.ToBeSent(SignedPayment payment) -> deliver(request, payment);
            case PaymentBook.Entered.AnotherIs(SignedPayment payment) -> sendAgain(request, payment);
            case PaymentBook.Entered.OverLimit(Usdc now) -> new Purchase.OverLimit(asked, price, now);
        };
    }

    private PaymentPayload sign(ReceivedOffer offer) throws IOException {
        try {
            return signer.sign(offer);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Purchase sendAgain(HttpRequest request, SignedPayment payment) throws IOException, InterruptedException {
        book.sentAgain(payment);
        return deliver(request, payment);
    }

    private Purchase deliver(HttpRequest request, SignedPayment payment) throws InterruptedException {
        Purchase outcome = ask(request, payment);
        for (int asked = 0; outcome instanceof Purchase.Pending pending
                && patience.waitsAfter(pending.response(), asked); asked++) {
            try {
                book.sentAgain(payment);
            } catch (IOException unwritten) {
                return outcome;
            }
            outcome = ask(request, payment);
        }
        return outcome;
    }

    private Purchase ask(HttpRequest request, SignedPayment payment) throws InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = calls.send(request, Optional.of(payment.payload()));
        } catch (IOException e) {
            return new Purchase.Unanswered(payment, e);
        }
        Verdict verdict = Verdict.of(response);
        note(payment, response.statusCode(), verdict);
        return switch (verdict) {
            case PAID -> new Purchase.Paid(response, payment, Verdict.receipt(response));
            case PENDING -> new Purchase.Pending(response, payment);
            case REFUSED -> new Purchase.Refused(response, payment, book.isInDoubt(payment));
        };
    }

    private void note(SignedPayment payment, int status, Verdict verdict) {
        try {
            book.answered(payment, status, verdict);
        } catch (IOException unwritten) {
            // What was bought is worth more than the note. Without it the payment stays the one for its request.
        }
    }
}
