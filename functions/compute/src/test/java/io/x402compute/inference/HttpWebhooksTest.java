package io.x402compute.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.inference.outside.OutsideUrls;

class HttpWebhooksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpWebhooks webhooks = new HttpWebhooks(new OutsideUrls(true));
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            asked.add("%s %s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(),
                    exchange.getRequestHeaders().getFirst("X-Webhook-Signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.getResponseHeaders().set("Location", url("/200").toString());
            exchange.sendResponseHeaders(Integer.parseInt(exchange.getRequestURI().getPath().substring(1)), -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void whatIsTakenIsSignedAndSentOnce() {
        assertThat(post(url("/204"))).isTrue();

        assertThat(asked).containsExactly("POST /204 t=1,v1=00 {}");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 404, 429, 500})
    void whateverElseIsAnsweredItIsNotTakenAndNobodyIsFollowed(int status) {
        assertThat(post(url("/" + status))).isFalse();

        assertThat(asked).hasSize(1);
    }

    @Test
    void whoeverIsNotThereHasNotTakenIt() {
        receiver.stop(0);

        assertThat(post(url("/200"))).isFalse();
    }

    @Test
    void aDeploymentPostsToNobodyInside() {
        HttpWebhooks deployed = new HttpWebhooks(new OutsideUrls(false));

        assertThat(deployed.post(url("/200"), "{}", "t=1,v1=00", PATIENCE)).isFalse();

        assertThat(asked).isEmpty();
    }

    /** A name that was public when it was accepted may stand for anything by now. */
    @Test
    void aNameThatStandsForAnInnerAddressIsNotPostedTo() {
        assertThat(post(URI.create("https://localhost:" + receiver.getAddress().getPort() + "/200"))).isFalse();

        assertThat(asked).isEmpty();
    }

    private boolean post(URI url) {
        return webhooks.post(url, "{}", "t=1,v1=00", PATIENCE);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + path);
    }
}
