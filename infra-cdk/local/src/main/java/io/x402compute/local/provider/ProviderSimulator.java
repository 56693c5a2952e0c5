package io.x402compute.local.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A provider of machines on a loopback port that behaves like Vultr's API v2. The public methods are what a test, or later an
 * HTTP control API, tells it to do; the clock says how far each machine has come.
 */
public final class ProviderSimulator implements AutoCloseable {
    /** The key that it takes unless told otherwise. */
    public static final String API_KEY = "local-provider-key";
    private static final String ROOT = "/v2";

    private final HttpServer server;
    private final String authorization;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** One call at a time, which makes every history of calls reproducible. */
    private final Object turn = new Object();
    private final Inventory inventory = new Inventory();
    private final Machines machines;
    private final AccountRoutes account;
    private final Routes routes = new Routes();
    private final Faults faults = new Faults();
    private final List<LoggedRequest> requests = new ArrayList<>();

    private ProviderSimulator(HttpServer server, Clock clock, String apiKey) {
        this.server = server;
        this.authorization = "Bearer " + apiKey;
        this.machines = new Machines(clock);
        this.account = new AccountRoutes(machines);
        new InventoryRoutes(inventory).addTo(routes);
        for (MachineKind kind : MachineKind.values()) {
            new MachineRoutes(kind, machines, inventory).addTo(routes);
        }
        account.addTo(routes);
    }

    /**
     * Starts it on the loopback address.
     *
     * @param port 0 for any free one
     */
    public static ProviderSimulator start(int port, Clock clock) {
        return start(port, clock, API_KEY);
    }

    /**
     * Starts it for the holder of that key.
     *
     * @param port 0 for any free one
     */
    public static ProviderSimulator start(int port, Clock clock, String apiKey) {
        try {
            HttpServer server = HttpServer
                    .create(new InetSocketAddress(InetAddress.getByAddress(new byte[]{127, 0, 0, 1}), port), 0);
            ProviderSimulator simulator = new ProviderSimulator(server, clock, apiKey);
            server.createContext("/", simulator::serve);
            server.setExecutor(simulator.threads);
            server.start();
            return simulator;
        } catch (IOException e) {
            throw new UncheckedIOException("no provider simulator on port " + port, e);
        }
    }

    /** Ends with {@code /v2}. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + ROOT);
    }

    /** Every machine ever made, oldest first. */
    public List<SimulatedMachine> machines() {
        synchronized (turn) {
            return machines.views();
        }
    }

    /** The machines that are on the bill now. */
    public List<SimulatedMachine> liveMachines() {
        return machines().stream().filter(SimulatedMachine::live).toList();
    }

    /** Somebody makes a virtual machine in this account that long ago; it is listed from that moment on like any other. */
    public SimulatedMachine addMachine(String label, List<String> tags, Duration age) {
        return add(MachineKind.INSTANCE, label, tags, age);
    }

    /** The same for bare metal. */
    public SimulatedMachine addBareMetal(String label, List<String> tags, Duration age) {
        return add(MachineKind.BARE_METAL, label, tags, age);
    }

    SimulatedMachine add(MachineKind kind, String label, List<String> tags, Duration age) {
        synchronized (turn) {
            MachineOrder order = MachineOrder.ofSomebodyElse(kind, label, tags, inventory);
            return machines.add(order, machines.now().minus(age)).view(machines.now());
        }
    }

    /** The machine shows that from now on, until it is told {@link HeldState#NONE}. */
    public void hold(String id, HeldState state) {
        synchronized (turn) {
            machines.ever(id).hold(state);
        }
    }

    /** Every request so far. */
    public List<LoggedRequest> requests() {
        synchronized (turn) {
            return List.copyOf(requests);
        }
    }

    /** US dollars for all machines, destroyed ones included, up to now. */
    public BigDecimal bill() {
        synchronized (turn) {
            return machines.bill();
        }
    }

    /** No more of that plan in that region. */
    public void soldOut(String plan, String region) {
        synchronized (turn) {
            inventory.setSoldOut(plan, region, true);
        }
    }

    /** Some of that plan in that region again. */
    public void restock(String plan, String region) {
        synchronized (turn) {
            inventory.setSoldOut(plan, region, false);
        }
    }

    /** For machines made from now on, in US dollars; the monthly price follows. */
    public void setHourlyCost(String plan, BigDecimal cost) {
        synchronized (turn) {
            inventory.setHourlyCost(plan, cost);
        }
    }

    /** In US dollars; negative for credit paid in advance. */
    public void setBalance(BigDecimal balance) {
        synchronized (turn) {
            account.setBalance(balance);
        }
    }

    /** How many live machines the account may have. */
    public void setInstanceLimit(int most) {
        synchronized (turn) {
            machines.setMost(most);
        }
    }

    /** For how long a new machine is missing from single reads, and from lists; a second each by default. */
    public void setLag(Duration get, Duration list) {
        synchronized (turn) {
            machines.setLag(get, list);
        }
    }

    /** For how long a destroyed machine still shows; not at all by default. */
    public void setDestructionLag(Duration lag) {
        synchronized (turn) {
            machines.setDestructionLag(lag);
        }
    }

    /** Misbehave that way, after the faults that were ordered before. */
    public void inject(Fault fault) {
        synchronized (turn) {
            faults.add(fault);
        }
    }

    /** No more faults. */
    public void heal() {
        synchronized (turn) {
            faults.clear();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<Reply> reply = answer(exchange, body);
            if (reply.isPresent()) {
                send(exchange, reply.get());
            }
        }
    }

    private Optional<Reply> answer(HttpExchange exchange, byte[] body) {
        URI uri = exchange.getRequestURI();
        String path = uri.getPath().startsWith(ROOT) ? uri.getPath().substring(ROOT.length()) : "/-" + uri.getPath();
        String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        String sent = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
        boolean keyed = sent.equals(authorization);
        Call call = new Call(exchange.getRequestMethod(), path, "", Call.query(query), keyed, body);
        synchronized (turn) {
            requests.add(new LoggedRequest(call.method(), path, query));
            return faults.strike(call, () -> carryOut(call, !sent.isEmpty() && !keyed));
        }
    }

    private Reply carryOut(Call call, boolean wrongKey) {
        try {
            if (wrongKey) {
                throw new Refused(401, "Invalid API token.");
            }
            return routes.answer(call);
        } catch (Refused e) {
            return e.reply();
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        // Like the provider, which keeps no connection.
        exchange.getResponseHeaders().set("Connection", "close");
        if (!reply.contentType().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        if (reply.body().length == 0) {
            exchange.sendResponseHeaders(reply.status(), -1);
        } else {
            exchange.sendResponseHeaders(reply.status(), reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }
}
