package io.x402compute.vultr;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;
import io.x402compute.vultr.Answer.Answered;
import io.x402compute.vultr.Answer.Lost;
import io.x402compute.vultr.Answer.NotSent;

/** Sends requests at our pace, with an end to every wait. Only what may safely be repeated is ever repeated. */
final class Transport {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final Duration CHANGE = Duration.ofSeconds(60);
    private static final Duration BEFORE_REPEATING = Duration.ofMillis(500);
    private static final Duration UNTOLD_SILENCE = Duration.ofSeconds(5);
    private static final long LONGEST_BODY = 16L << 20;
    private static final Pattern SENDABLE_KEY = Pattern.compile("[!-~]+");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private final String base;
    private final Supplier<String> apiKey;
    private final Pace pace;
    private final HttpClient shared = connections();

    Transport(URI base, Supplier<String> apiKey, Pace pace) {
        this.base = base.toString().replaceAll("/+$", "");
        this.apiKey = apiKey;
        this.pace = pace;
    }

    Patience patience(Duration whole) {
        return new Patience(pace.time(), whole);
    }

    /** Repeated once, if that can help and there is time. */
    Answer get(String path, Patience patience) {
        return repeatable("GET", path, patience);
    }

    /** Repeated once like a read, except after a 500: that is how the provider says "not yet". */
    Answer delete(String path, Patience patience) {
        return repeatable("DELETE", path, patience);
    }

    /** Never repeated. */
    Answer post(String path, JsonNode body, Patience patience) {
        return once("POST", path, BodyPublishers.ofString(Json.write(body)), patience);
    }

    /** Never repeated; without a body. */
    Answer post(String path, Patience patience) {
        return once("POST", path, BodyPublishers.noBody(), patience);
    }

    /** Never repeated. */
    Answer patch(String path, JsonNode body, Patience patience) {
        return once("PATCH", path, BodyPublishers.ofString(Json.write(body)), patience);
    }

    /**
     * On a connection of its own: a kept one that the other side closed while this function was frozen would make the outcome
     * unknown for no reason.
     */
    private Answer once(String method, String path, BodyPublisher body, Patience patience) {
        HttpClient own = connections();
        try {
            return send(own, method, path, body, CHANGE, patience);
        } finally {
            own.shutdownNow();
        }
    }

    private Answer repeatable(String method, String path, Patience patience) {
        Answer first = send(shared, method, path, BodyPublishers.noBody(), REQUEST, patience);
        if (!repeating(method, first) || !patience.covers(BEFORE_REPEATING)) {
            return first;
        }
        try {
            pace.time().sleep(BEFORE_REPEATING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return first;
        }
        Answer second = send(shared, method, path, BodyPublishers.noBody(), REQUEST, patience);
        return second instanceof NotSent ? first : second;
    }

    private static boolean repeating(String method, Answer answer) {
        return switch (answer) {
            case Answered(int status, byte[] _, Optional<Duration> _) when status == 500 -> method.equals("GET");
            case Answered(int status, byte[] _, Optional<Duration> _) -> status == 429 || status > 500;
            case NotSent(Failure failure, Duration _) -> failure.kind() == Failure.Kind.UNAVAILABLE;
            case Lost _ -> true;
        };
    }

    private Answer send(
            HttpClient client,
            String method,
            String path,
            BodyPublisher body,
            Duration longest,
            Patience patience) {
        String key = apiKey.get().strip();
        if (!SENDABLE_KEY.matcher(key).matches()) {
            // Checked here because the HTTP client would put the key into its exception.
            return new NotSent(
                    new Failure(Failure.Kind.CONFIGURATION, "the provider's key is not one"), UNTOLD_SILENCE);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json")
                .method(method, body);
        if (body.contentLength() > 0) {
            request.header("Content-Type", "application/json");
        }
        try {
            Duration tooLong = pace.await(patience.left());
            if (tooLong.isPositive()) {
                return new NotSent(new Failure(Failure.Kind.THROTTLED, "not our turn yet"), tooLong);
            }
            Duration limit = patience.covers(longest) ? longest : patience.left();
            if (limit.isZero()) {
                return new NotSent(new Failure(Failure.Kind.THROTTLED, "no time left to ask"), Duration.ofSeconds(1));
            }
            return exchange(client, request.timeout(limit).build(), limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Lost("interrupted");
        }
    }

    private Answer exchange(HttpClient client, HttpRequest request, Duration limit) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_BODY));
        try {
            // The request's own timeout ends with the headers; this one covers the body too.
            return answered(exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new Lost("no answer within " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    private static Answer failed(Throwable cause) {
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new NotSent(Failure.unavailable("no connection"), UNTOLD_SILENCE);
        }
        return new Lost(cause.getClass().getSimpleName());
    }

    private Answered answered(HttpResponse<byte[]> response) {
        if (response.statusCode() != 429) {
            return new Answered(response.statusCode(), response.body(), Optional.empty());
        }
        Duration wish = response.headers().firstValue("Retry-After")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(UNTOLD_SILENCE);
        return new Answered(429, response.body(), Optional.of(pace.silence(wish)));
    }

    private static HttpClient connections() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    }
}
