package io.x402compute.local.inference;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;

import io.x402compute.http.Json;
import io.x402compute.local.http.LoopbackServer;
import io.x402compute.local.http.WithheldCalls;

/**
 * An upstream for inference on a loopback port: OpenAI's API below {@code /v1}, Vultr's below {@code /vultr/v1}, jobs below {@code /jobs}. What it has
 * made is below {@code /files}, for anybody; so are a few things to try it with, below {@code /samples}. The public methods are what
 * it can be told to do; {@link ControlRoutes} offers the same over HTTP, below {@code /control}.
 */
public final class InferenceServer implements AutoCloseable {
    /** The key that it takes. */
    public static final String API_KEY = "local-inference-key";
    private static final String CONTROL = "/control";
    /** What OpenAI takes of a recording. */
    private static final int LARGEST_BODY = 25 << 20;
    /** For a call to be withheld: far longer than any takes to arrive. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final LoopbackServer server;
    private final Routes routes = new Routes();
    private final Inputs inputs = new Inputs();
    private final Files files = new Files();
    private final Samples samples = new Samples();
    private final ControlRoutes control = new ControlRoutes(this);
    private final Faults faults = new Faults();
    private final WithheldCalls withheld = new WithheldCalls();
    private final List<AskedRequest> requests = Collections.synchronizedList(new ArrayList<>());

    private InferenceServer(LoopbackServer server, Clock clock) {
        this.server = server;
        Models models = new Models();
        models.addTo(routes);
        new ChatRoutes(models, inputs, clock).addTo(routes);
        new ImageRoutes(models, files, clock).addTo(routes);
        new SpeechRoutes(models).addTo(routes);
        new TranscriptionRoutes(models).addTo(routes);
        new EmbeddingRoutes(models).addTo(routes);
        new RerankRoutes(models).addTo(routes);
        new VideoRoutes(models, clock).addTo(routes);
        new ModerationRoutes(models, inputs).addTo(routes);
        new PredictionRoutes(new Workshop(inputs, files), clock).addTo(routes);
    }

    /**
     * Starts it on the loopback address.
     *
     * @param port 0 for any free one
     * @param clock by which jobs and videos are done
     */
    public static InferenceServer start(int port, Clock clock) {
        LoopbackServer server = LoopbackServer.bind(port);
        InferenceServer inference = new InferenceServer(server, clock);
        server.serve(inference::serve);
        return inference;
    }

    /** Where everything of it is, without a path. */
    public URI url() {
        return URI.create("http://localhost:" + server.port());
    }

    /**
     * The bases of its APIs by the names that our catalogue has for such upstreams, as {@code InferenceUpstreams} takes them.
     *
     * @param server where it is asked, without a path
     */
    public static String upstreams(URI server) {
        return Stream.of(Dialect.values()).map(dialect -> dialect.upstream() + "=" + server.resolve(dialect.root()))
                .collect(Collectors.joining(","));
    }

    /** Its key for each of them, as {@code InferenceSecret} takes them. */
    public static String keys() {
        ObjectNode keys = Json.object();
        Stream.of(Dialect.values()).forEach(dialect -> keys.put(dialect.upstream(), API_KEY));
        return Json.write(keys);
    }

    /** Takes no key. */
    public URI controlUrl() {
        return url().resolve(CONTROL);
    }

    /** A thing to try it with: {@code picture.png}, {@code speech.wav}, {@code document.pdf} and so on. */
    public URI sample(String name) {
        return url().resolve(Samples.PATH + name);
    }

    /** Every request so far, but for those to {@code /control}, {@code /files} and {@code /samples}. */
    public List<AskedRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /**
     * Misbehave that way, after the faults that were ordered before.
     *
     * @param path what the paths begin with that it strikes, with the API's base; empty for all
     * @param times how often it strikes; 0 for until {@link #heal}
     */
    public void inject(String path, int times, Fault fault) {
        faults.add(new Faults.Ordered(path, times, fault));
    }

    List<Faults.Ordered> faults() {
        return faults.waiting();
    }

    /** Returns as soon as somebody waits for an answer that is withheld. */
    public void awaitWithheld() {
        withheld.await(LONGEST_WAIT);
    }

    /** No more faults. */
    public void heal() {
        faults.clear();
        withheld.release();
    }

    @Override
    public void close() {
        withheld.release();
        server.close();
        inputs.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        switch (answer(exchange, body)) {
            case Outcome.Answered(Reply reply) -> Sending.all(exchange, reply);
            case Outcome.Cut _ -> exchange.close();
            case Outcome.CutWithin(Reply reply) -> Sending.half(exchange, reply);
            case Outcome.Withheld _ -> {
                withheld.hold();
                exchange.close();
            }
        }
    }

    private Outcome answer(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getPath();
        for (Dialect dialect : Dialect.values()) {
            if (path.equals(dialect.root()) || path.startsWith(dialect.root() + "/")) {
                requests.add(
                        new AskedRequest(exchange.getRequestMethod(), path, header(exchange, "Content-Type"), body));
                Call call = call(dialect, exchange, path.substring(dialect.root().length()), body);
                return body.length > LARGEST_BODY
                        ? new Outcome.Answered(dialect.error(tooLarge()))
                        : faults.strike(call, routes::reply);
            }
        }
        return new Outcome.Answered(beside(exchange, path, body));
    }

    /** What is no API for inference. */
    private Reply beside(HttpExchange exchange, String path, byte[] body) {
        if (path.startsWith(CONTROL + "/")) {
            return control.reply(exchange.getRequestMethod(), path.substring(CONTROL.length()), body);
        }
        Optional<Reply> file = Optional.empty();
        if (path.startsWith(Files.PATH)) {
            file = files.find(path.substring(Files.PATH.length()));
        } else if (path.startsWith(Samples.PATH)) {
            file = samples.find(path.substring(Samples.PATH.length()),
                    Call.query(exchange.getRequestURI().getRawQuery()));
        }
        return file.orElseGet(() -> Dialect.JOBS.error(Refused.notFound("There is nothing at " + path + ".")));
    }

    private Call call(Dialect dialect, HttpExchange exchange, String path, byte[] body) {
        String sent = header(exchange, "Authorization");
        Call.KeyCheck key = sent.isEmpty()
                ? Call.KeyCheck.MISSING
                : sent.equals("Bearer " + API_KEY) ? Call.KeyCheck.RIGHT : Call.KeyCheck.WRONG;
        return new Call(dialect, exchange.getRequestMethod(), path, "", key, header(exchange, "Content-Type"), body,
                url(),
                Fate.USUAL);
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private static Refused tooLarge() {
        return Refused.of(413, "Maximum content size limit (" + LARGEST_BODY + ") exceeded.", "request_too_large");
    }
}
