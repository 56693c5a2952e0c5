package io.x402compute.inference.outside;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Takes an answer in, up to a size, and has what came of it even if the rest does not. Thread-safe, for one answer. */
final class BoundedBody implements HttpResponse.BodyHandler<Void>, HttpResponse.BodySubscriber<Void> {
    private final int mostBytes;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private int status;
    private String mediaType = "";
    private String location = "";
    private boolean tooLong;
    private Flow.Subscription source;

    BoundedBody(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public synchronized HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo answer) {
        HttpHeaders headers = answer.headers();
        status = answer.statusCode();
        mediaType = headers.firstValue("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        location = headers.firstValue("Location").orElse("");
        return this;
    }

    @Override
    public CompletionStage<Void> getBody() {
        return end;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            if (part.remaining() > mostBytes - body.size()) {
                tooLong = true;
                source.cancel();
                end.complete(null);
                return;
            }
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            body.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }

    synchronized Reply whole() {
        return tooLong ? new Reply.TooLong() : new Reply.Answered(status, mediaType, location, body.toByteArray());
    }

    synchronized Reply cut(boolean inTime) {
        return tooLong ? new Reply.TooLong() : new Reply.Cut(status, body.toByteArray(), inTime);
    }
}
