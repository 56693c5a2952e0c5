package io.x402compute.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.SettlementResponse;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.UsdcToken;
import io.x402compute.x402.protocol.WireJson;

/** The API as clients see it, with one machine's worth of everything: it sells, keeps names, boots, and loses answers on command. */
final class ApiDouble implements AutoCloseable {
    static final String ID = "0199a1b2-0000-7000-8000-000000000001";
    private static final String MERCHANT = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private static final String PAYER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

    /** A request as it came. */
    record Received(String method, String target, Map<String, String> headers, String body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }

        Optional<String> payment() {
            return header("PAYMENT-SIGNATURE");
        }

        String path() {
            return URI.create(target).getPath();
        }
    }

    /** An answer as it goes. */
    record Sent(int status, ObjectNode body, Map<String, String> headers) {
        static Sent of(int status, String json) {
            return new Sent(status, WireJson.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow(), Map.of());
        }

        Sent with(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Sent(status, body, more);
        }
    }

    private final HttpServer server;
    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Sent> bought = new LinkedHashMap<>();
    private final Map<String, Deque<Sent>> scripted = new LinkedHashMap<>();
    private Usdc price = new Usdc(1_699_200);
    private Usdc asked = price;
    private Optional<Sent> unpaid = Optional.empty();
    private int looksUntilUp;
    private String end = "";
    private String lost = "";

    ApiDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    List<Received> requests() {
        return requests;
    }

    List<Received> requests(String method, String path) {
        return requests.stream().filter(request -> request.method().equals(method) && request.path().equals(path))
                .toList();
    }

    /** The names of the purchases that it has taken money for. */
    List<String> bought() {
        return List.copyOf(bought.keySet());
    }

    void quotes(long micros) {
        price = new Usdc(micros);
        asked = price;
    }

    /** What the challenge says, whatever was quoted. */
    void asksFor(long micros) {
        asked = new Usdc(micros);
    }

    /** Instead of a challenge. */
    void answersUnpaid(Sent answer) {
        unpaid = Optional.of(answer);
    }

    void bootsAfter(int looks) {
        looksUntilUp = looks;
    }

    void endsAs(String status) {
        end = status;
    }

    /** Does what the next request of that path wants, and the answer gets lost. */
    void loseAnswerOf(String path) {
        lost = path;
    }

    /** Answers a request of that path so, instead of doing what it wants; paid ones only, if it sells there. */
    void answers(String path, Sent answer) {
        scripted.computeIfAbsent(path, key -> new ArrayDeque<>()).add(answer);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        Received request = new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(request);
        Sent answer = answer(request);
        if (lost.equals(request.path()) && (!sells(request) || request.payment().isPresent() || onCredit(request))) {
            lost = "";
            exchange.close();
            return;
        }
        byte[] bytes = answer.body().toString().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Sent answer(Received request) {
        Deque<Sent> script = scripted.getOrDefault(request.path(), new ArrayDeque<>());
        boolean asksForPrice = sells(request) && request.payment().isEmpty() && !onCredit(request);
        if (!script.isEmpty() && !asksForPrice) {
            return script.poll();
        }
        if (sells(request)) {
            return asksForPrice ? unpaid.orElseGet(() -> challenge(request)) : sell(request);
        }
        return switch (request.method() + " " + request.path()) {
            case "GET /compute/plans" -> Sent.of(200, """
                    {"plans": [{"id": "vcg-a16-2c-8g-2vram", "name": "A16", "gpu_type": "NVIDIA A16", "gpu_vram_gb": 2,
                     "vcpu_count": 2, "ram": 8192, "disk": 50, "our_hourly": 0.0708, "our_daily": 1.6992,
                     "locations": ["ewr", "atl"]}], "count": 1}""");
            case "GET /compute/quote" -> new Sent(200, WireJson.object().put("payment_amount", price.dollars())
                    .put("amount", price.atomicUnits()).put("hourly_price", 0.0708).put("prepaid_hours", 24), Map.of());
            case "GET /compute/instances/" + ID -> look();
            default -> named(request);
        };
    }

    private Sent named(Received request) {
        return switch (request.method() + " " + request.path()) {
            case "DELETE /compute/instances/" + ID -> Sent.of(200, """
                    {"success": true, "credited": 1.6284, "instance": {"id": "%s", "status": "destroyed", "plan": "p",
                     "region": "ewr", "destroyed_at": "2026-11-21T10:00:00Z", "end_reason": "owner_request",
                     "credited": 1.6284, "payment_amount": 1.6992, "prepaid_hours": 24}}""".formatted(ID));
            case "POST /compute/instances/" + ID + "/password" -> once(request,
                    """
                            {"success": true, "access": {"username": "root", "ip_address": "198.18.0.3", "password": "pa55-word"}}""",
                    "password_already_revealed");
            case "POST /compute/api-keys" -> once(request, """
                    {"api_key": "x402c_secret", "id": "k1", "label": null}""", "too_many_keys");
            default -> Sent.of(404, "{\"error\": \"Not found\", \"code\": \"not_found\", \"request_id\": \"r-1\"}");
        };
    }

    /** The first name gets it, as often as it asks; every other one is told that it is gone. */
    private Sent once(Received request, String answer, String code) {
        String name = request.header("Idempotency-Key").orElse("");
        String key = request.path() + " " + name;
        boolean first = bought.keySet().stream().noneMatch(known -> known.startsWith(request.path()));
        if (first) {
            bought.put(key, Sent.of(200, answer));
        }
        return bought.getOrDefault(key, Sent.of(409, "{\"error\": \"Gone\", \"code\": \"%s\"}".formatted(code)));
    }

    private Sent look() {
        String status = !end.isEmpty() ? end : looksUntilUp-- > 0 ? "provisioning" : "active";
        return new Sent(200, WireJson.object().set("instance", machine(status)), Map.of());
    }

    private Sent sell(Received request) {
        String name = request.header("Idempotency-Key").orElseThrow();
        return bought.computeIfAbsent(name, key -> {
            ObjectNode body = WireJson.object().put("success", true).put("order_id", "order-" + bought.size())
                    .put("tx_hash", onCredit(request) ? "" : "0xabc");
            body.set("instance", machine("provisioning"));
            body.put("deposited", "1.70");
            Sent sent = new Sent(201, body, Map.of());
            return onCredit(request)
                    ? sent
                    : sent.with(PaymentHeaders.PAYMENT_RESPONSE,
                            SettlementResponse.settled("0xabc", Network.BASE, PAYER).header(2));
        });
    }

    private Sent challenge(Received request) {
        PaymentRequirements offer = new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE, asked,
                UsdcToken.BASE.asset(), MERCHANT, 300, Map.of("name", "USD Coin", "version", "2"));
        PaymentRequired challenge = new PaymentRequired("payment required",
                new Resource(url() + request.path(), "a machine", "application/json"), List.of(offer));
        return new Sent(402, challenge.v1Body(), Map.of(PaymentHeaders.PAYMENT_REQUIRED, challenge.v2Header()));
    }

    private static ObjectNode machine(String status) {
        return WireJson.object().put("id", ID).put("status", status).put("plan", "vcg-a16-2c-8g-2vram")
                .put("region", "ewr").put("label", "x402-instance").put("access_method", "one_time_password_fallback")
                .put("ip_address", status.equals("active") ? "198.18.0.3" : "0.0.0.0").put("payment_amount", 1.6992)
                .put("prepaid_hours", 24).put("expires_at", "2026-11-22T09:00:00.123Z");
    }

    private static boolean sells(Received request) {
        return List
                .of("/compute/provision", "/compute/credits/topup", "/v1/run", "/compute/instances/" + ID + "/extend")
                .contains(request.path());
    }

    private static boolean onCredit(Received request) {
        return request.body().contains("\"use_credits\":true");
    }
}
