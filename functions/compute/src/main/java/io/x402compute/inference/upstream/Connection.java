package io.x402compute.inference.upstream;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.outside.Exchange;
import io.x402compute.inference.outside.Patience;
import io.x402compute.inference.outside.Reply;

/** Sends requests to one upstream, each once. */
final class Connection {
    /** Of an answer that is no file: lists of models are long, and streams say much in many words. */
    static final int MOST_JSON = 8 << 20;
    private static final Pattern SENDABLE_KEY = Pattern.compile("[!-~]+");
    private static final String JSON = "application/json";

    private final Upstream upstream;

    Connection(Upstream upstream) {
        this.upstream = upstream;
    }

    String name() {
        return upstream.name();
    }

    Reply get(String path, Patience patience, int mostBytes) {
        return send("GET", path, BodyPublishers.noBody(), "", patience.left(), patience, mostBytes);
    }

    /** @param begun until when an answer must have begun */
    Reply post(String path, ObjectNode body, Duration begun, Patience patience, int mostBytes) {
        return send("POST", path, BodyPublishers.ofString(Json.write(body)), JSON, begun, patience, mostBytes);
    }

    Reply post(String path, Multipart form, Duration begun, Patience patience) {
        return send("POST", path, BodyPublishers.ofByteArray(form.bytes()), form.mediaType(), begun, patience,
                MOST_JSON);
    }

    Reply call(String method, String path, Optional<ObjectNode> body, Duration begun, Patience patience) {
        return send(method, path, body.map(json -> BodyPublishers.ofString(Json.write(json)))
                .orElseGet(BodyPublishers::noBody), body.isPresent() ? JSON : "", begun, patience, MOST_JSON);
    }

    private Reply send(
            String method,
            String path,
            BodyPublisher body,
            String mediaType,
            Duration begun,
            Patience patience,
            int mostBytes) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(upstream.base() + path)).method(method, body);
        if (!mediaType.isEmpty()) {
            request.header("Content-Type", mediaType);
        }
        Optional<String> key = upstream.key().get();
        if (key.isPresent() && !SENDABLE_KEY.matcher(key.get()).matches()) {
            // Checked here because the HTTP client would put the key into its exception.
            return new Reply.NotSent();
        }
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return Exchange.send(request, begun, patience, mostBytes);
    }
}
