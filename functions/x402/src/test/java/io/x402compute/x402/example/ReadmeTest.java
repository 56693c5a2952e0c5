package io.x402compute.x402.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.FakeChain;
import io.x402compute.x402.evm.TokenDomain;
import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.facilitator.FeeCap;
import io.x402compute.x402.facilitator.OnchainFacilitator;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Resource;

/** What the library's README says is so. */
class ReadmeTest {
    private static final PaymentRequirements OFFER = Vectors.SEPOLIA_OFFER;
    private static final EvmWallet PAYER = EvmWallet.of(Vectors.KEY_A);
    private static final Resource FORECAST = new Resource("https://example.com/forecast", "Tomorrow", "text/plain");

    @TempDir
    private Path directory;

    @Test
    void itsBuyerBuysFromItsSeller() throws Exception {
        FakeChain chain = new FakeChain(TokenDomain.of(OFFER).orElseThrow(), Instant.now());
        chain.token().mint(PAYER.address(), 1_000_000);
        chain.setMinesAtOnce();
        AtomicLong number = new AtomicLong();
        OnchainFacilitator facilitator = new OnchainFacilitator(chain, () -> EvmWallet.of(Vectors.KEY_B),
                (signer, chainCount) -> number.getAndIncrement(), Network.BASE_SEPOLIA, FeeCap.ofGwei(60_000),
                Clock.systemUTC());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Seller seller = new Seller(facilitator, new PaymentRequired("", FORECAST, List.of(OFFER)),
                new ConcurrentHashMap<>());
        server.createContext("/", exchange -> serve(seller, exchange));
        server.start();
        try {
            URI shop = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/forecast");

            assertThat(Buyer.buy(shop, PAYER, directory.resolve("payments"))).isEqualTo("Rain.");
        } finally {
            server.stop(0);
        }
        assertThat(chain.token().balance(OFFER.payTo())).isEqualTo(OFFER.amount().micros());
    }

    @ParameterizedTest
    @CsvSource({"Buyer, 15", "Seller, 30"})
    void itsCodeIsTheCodeThatRuns(String example, int lines) throws IOException {
        String shown = shown(Files.readString(
                Path.of("src/test/java/io/x402compute/x402/example", example + ".java")));

        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + shown + "```");
        assertThat(shown.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(lines);
    }

    @Test
    void itIsALibraryWithoutAws() {
        List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).getFileName().toString()).toList();

        assertThat(jars).anyMatch(jar -> jar.startsWith("jackson-databind"));
        assertThat(jars).noneMatch(jar -> jar.contains("aws") || jar.contains("lambda") || jar.contains("amazon"));
    }

    private static void serve(Seller seller, HttpExchange exchange) throws IOException {
        Seller.Reply reply = seller
                .reply(name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)));
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), 0);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(reply.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What stands behind the comment that says so, as far as the next one or the end. */
    private static String shown(String source) {
        String[] parts = source.split(" *// README\n", -1);
        return parts[1].stripTrailing().stripIndent() + "\n";
    }
}
