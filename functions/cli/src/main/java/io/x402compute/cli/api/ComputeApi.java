package io.x402compute.cli.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;

/** The API at one address. Every call ends after half a minute, as those at the API's gateway do. */
public final class ComputeApi implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WHOLE_ANSWER = Duration.ofSeconds(35);

    private final URI url;
    private final Callers callers;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /** @param url scheme, host and port, and no slash at its end */
    public ComputeApi(URI url, Callers callers) {
        this.url = url;
        this.callers = callers;
    }

    public URI url() {
        return url;
    }

    public Callers callers() {
        return callers;
    }

    /** For whoever sends requests itself; closed with this. */
    public HttpClient http() {
        return http;
    }

    /** Asks what anybody may. */
    public Answer asAnybody(Call call) {
        return send(unsigned(call)).orFail();
    }

    /** Asks in the name of the machines' owner, by API key or else by signature. */
    public Answer asOwner(Call call) {
        return send(asksForOwner(call)).orFail();
    }

    /** Asks in the name of the wallet, by signature: what an API key may not. */
    public Answer asWallet(Call call) {
        return send(asksForWallet(call)).orFail();
    }

    /** A request that says nothing of who sends it; a payment that is added does. */
    public HttpRequest unsigned(Call call) {
        return request(call).build();
    }

    /** A request of the machines' owner. A signed one is good once. */
    public HttpRequest asksForOwner(Call call) {
        HttpRequest.Builder request = request(call);
        callers.putOwner(request, uri(call).getRawPath(), call);
        return request.build();
    }

    /** A request that the wallet signs. It is good once. */
    public HttpRequest asksForWallet(Call call) {
        HttpRequest.Builder request = request(call);
        callers.putWallet(request, uri(call).getRawPath(), call);
        return request.build();
    }

    /**
     * Sends a request, whatever the answer is.
     *
     * @throws CommandFailed when there is none
     */
    public Answer send(HttpRequest request) {
        try {
            return Answer.of(exchange(request));
        } catch (IOException e) {
            throw mayHaveArrived(request, e)
                    ? new CommandFailed(ExitCode.UNFINISHED,
                            "the answer of %s got lost (%s); run the same command again"
                                    .formatted(url, e.getClass().getSimpleName()))
                    : unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.UNFINISHED, "interrupted");
        }
    }

    /** That a request which changes nothing, or has not left, got no answer. */
    public CommandFailed unreachable(IOException why) {
        String local = isLoopback(url)
                ? "; start the local run with ./mvnw -Plocal, or name another API in "
                : "; check the address in ";
        // A bare one only wraps what has happened.
        Throwable cause = why.getClass() == IOException.class && why.getCause() != null ? why.getCause() : why;
        return new CommandFailed(ExitCode.UNREACHABLE, "no answer from %s (%s)%sX402COMPUTE_URL or --url"
                .formatted(url, cause.getClass().getSimpleName(), local));
    }

    /** Whether it is not known what became of the request. */
    private static boolean mayHaveArrived(HttpRequest request, IOException why) {
        boolean connected = !(why instanceof ConnectException || why instanceof HttpConnectTimeoutException);
        return connected && !request.method().equals("GET");
    }

    /** Whether what is sent there stays on this machine. */
    public static boolean isLoopback(URI url) {
        String host = String.valueOf(url.getHost());
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            // The client's own timeouts end when an answer begins.
            return answer.get(WHOLE_ANSWER.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + WHOLE_ANSWER, e);
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest.Builder request(Call call) {
        byte[] body = call.bytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(call))
                .method(call.method(), body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .header("User-Agent", "x402compute-cli");
        if (body.length > 0) {
            request.header("Content-Type", "application/json");
        }
        call.name().ifPresent(name -> request.header("Idempotency-Key", name));
        return request;
    }

    private URI uri(Call call) {
        return URI.create(url + call.target());
    }
}
