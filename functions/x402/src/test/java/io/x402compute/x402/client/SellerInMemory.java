package io.x402compute.x402.client;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.SettlementResponse;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Vectors;

/**
 * An honest seller behind an HTTP client without a network. It takes a payment once, and answers the same payment alike ever
 * after, unless it is a forgetful one, which then says 402. What happens to each sending comes from a list of {@link Fate}s.
 */
final class SellerInMemory extends HttpClient {
    static final URI SHOP = URI.create("https://shop.example/machines");

    private final Clock clock;
    private final boolean forgetful;
    private final Supplier<Fate> fates;
    private final Usdc price;
    /** The payments that have moved money. */
    final Set<String> taken = ConcurrentHashMap.newKeySet();

    SellerInMemory(Clock clock, boolean forgetful, Usdc price, Supplier<Fate> fates) {
        this.clock = clock;
        this.forgetful = forgetful;
        this.price = price;
        this.fates = fates;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request,
            HttpResponse.BodyHandler<T> bodyHandler) {
        return switch (fates.get()) {
            case CRASH_BEFORE -> throw new Crash();
            case CRASH_AFTER -> {
                answer(request, false);
                throw new Crash();
            }
            case LOST_BEFORE -> CompletableFuture.failedFuture(new IOException("connection refused"));
            case LOST_AFTER -> {
                answer(request, false);
                yield CompletableFuture.failedFuture(new IOException("connection reset"));
            }
            case BUSY -> respond(request, bodyHandler, new Answer(503, Map.of()));
            case PENDING -> {
                answer(request, false);
                yield respond(request, bodyHandler, payment(request).map(SellerInMemory::pending)
                        .orElseGet(this::challenge));
            }
            case REFUSED -> respond(request, bodyHandler, answer(request, true));
            case FINE -> respond(request, bodyHandler, answer(request, false));
        };
    }

    private record Answer(int status, Map<String, List<String>> headers) {}

    private Answer answer(HttpRequest request, boolean moody) {
        Optional<PaymentPayload> payment = payment(request);
        if (payment.isEmpty()) {
            return challenge();
        }
        SchemePayload.Eip3009 signed = (SchemePayload.Eip3009) payment.get().schemePayload();
        String nonce = signed.authorization().nonce();
        boolean known = taken.contains(nonce);
        boolean late = clock.instant().getEpochSecond() >= signed.authorization().validBefore().longValueExact();
        if (known ? forgetful : moody || late) {
            return challenge();
        }
        taken.add(nonce);
        return new Answer(201, receipt(payment.get(), SettlementResponse.settled(Vectors.TRANSACTION,
                Network.BASE_SEPOLIA, payment.get().payer())));
    }

    private Answer challenge() {
        PaymentRequirements offer = Vectors.OFFER.withAmount(price);
        return new Answer(402, Map.of(PaymentHeaders.PAYMENT_REQUIRED,
                List.of(new PaymentRequired("", Vectors.RESOURCE, List.of(offer)).v2Header())));
    }

    private static Answer pending(PaymentPayload payment) {
        Map<String, List<String>> headers = new LinkedHashMap<>(receipt(payment, SettlementResponse.failed(
                Reasons.SETTLEMENT_PENDING, "", Network.BASE_SEPOLIA, payment.payer())));
        headers.put("Retry-After", List.of("1"));
        return new Answer(202, headers);
    }

    private static Map<String, List<String>> receipt(PaymentPayload payment, SettlementResponse receipt) {
        return Map.of(PaymentHeaders.PAYMENT_RESPONSE, List.of(receipt.header(payment.version())));
    }

    private static Optional<PaymentPayload> payment(HttpRequest request) {
        return PaymentHeaders.decode(request.headers().firstValue(PaymentHeaders.PAYMENT_SIGNATURE),
                Optional.empty()) instanceof DecodedPayment.Decoded(PaymentPayload payload)
                        ? Optional.of(payload)
                        : Optional.empty();
    }

    private static <T> CompletableFuture<HttpResponse<T>> respond(HttpRequest request,
            HttpResponse.BodyHandler<T> bodyHandler, Answer answer) {
        HttpHeaders headers = HttpHeaders.of(answer.headers(), (name, value) -> true);
        HttpResponse.BodySubscriber<T> body = bodyHandler.apply(new Head(answer.status(), headers));
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        });
        body.onNext(List.of(ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8))));
        body.onComplete();
        return body.getBody().<HttpResponse<T>>thenApply(
                text -> new Response<>(request, answer.status(), headers, text)).toCompletableFuture();
    }

    private record Head(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }

    private record Response<T>(HttpRequest request, int statusCode, HttpHeaders headers, T body)
            implements
                HttpResponse<T> {
        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> bodyHandler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request,
            HttpResponse.BodyHandler<T> bodyHandler, HttpResponse.PushPromiseHandler<T> pushPromiseHandler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return Optional.empty();
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NEVER;
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SSLParameters sslParameters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.empty();
    }
}
