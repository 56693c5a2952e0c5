package io.x402compute.x402.client;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * Which purchase a request is.
 *
 * @param purchase the seller and the request's {@code Idempotency-Key}; without one, the request itself
 * @param request the hash of method, URI and body
 * @param named whether there is an {@code Idempotency-Key}: then it is one purchase for ever
 */
record PurchaseKey(String purchase, String request, boolean named) {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    static PurchaseKey of(HttpRequest request) {
        String hash = hash(request);
        return request.headers().firstValue(IDEMPOTENCY_KEY)
                .map(key -> new PurchaseKey(seller(request) + " " + key, hash, true))
                .orElseGet(() -> new PurchaseKey(hash, hash, false));
    }

    private static String seller(HttpRequest request) {
        return "%s://%s".formatted(request.uri().getScheme(), request.uri().getAuthority()).toLowerCase(Locale.ROOT);
    }

    private static String hash(HttpRequest request) {
        MessageDigest digest = Sha256.begin();
        digest.update("%s %s\n".formatted(request.method(), request.uri().toASCIIString())
                .getBytes(StandardCharsets.UTF_8));
        request.bodyPublisher().ifPresent(body -> {
            BodyDigest reader = new BodyDigest(digest);
            body.subscribe(reader);
            reader.done.join();
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Reads a body as the HTTP client would. */
    private static final class BodyDigest implements Flow.Subscriber<ByteBuffer> {
        private final MessageDigest digest;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        BodyDigest(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer part) {
            digest.update(part);
        }

        @Override
        public void onError(Throwable e) {
            done.completeExceptionally(e);
        }

        @Override
        public void onComplete() {
            done.complete(null);
        }
    }
}
