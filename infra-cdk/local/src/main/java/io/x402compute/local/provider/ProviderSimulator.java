package io.x402compute.local.provider;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;

import io.x402compute.local.http.LoopbackServer;
import io.x402compute.local.http.WithheldCalls;

/**
 * A provider of machines on a loopback port that behaves like Vultr's API v2, below {@code /v2}. The public methods are what it
 * can be told to do; {@link ControlRoutes} offers the same over HTTP, below {@code /control}. The clock says how far each
 * machine has come.
 */
public final class ProviderSimulator implements AutoCloseable {
    /** The key that it takes unless told otherwise. */
    public static final String API_KEY = "local-provider-key";
    private static final String ROOT = "/v2";
    private static final String CONTROL = "/control";
    /** For a call to be withheld: far longer than any takes to arrive. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final LoopbackServer server;
    private final String authorization;
    /** One call at a time, which makes every history of calls reproducible. */
    private final Object turn = new Object();
    private final Inventory inventory = new Inventory();
    private final Listing listing = new Listing();
    private final Machines machines;
    private final AccountRoutes account;
    private final Routes routes = new Routes();
    private final Routes control = new Routes();
    private final Faults faults = new Faults();
    private final WithheldCalls withheld = new WithheldCalls();
    private final List<LoggedRequest> requests = new ArrayList<>();

    private ProviderSimulator(LoopbackServer server, Clock clock, String apiKey) {
        this.server = server;
        this.authorization = "Bearer " + apiKey;
        this.machines = new Machines(clock);
        this.account = new AccountRoutes(machines);
        MachineRoutes instances = new MachineRoutes(MachineKind.INSTANCE, machines, inventory, listing);
        instances.addTo(routes);
        new InstanceChanges(instances, machines, inventory).addTo(routes);
        new MachineRoutes(MachineKind.BARE_METAL, machines, inventory, listing).addTo(routes);
        new InventoryRoutes(inventory, listing).addTo(routes);
        account.addTo(routes);
        new ControlRoutes(this).addTo(control);
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
        LoopbackServer server = LoopbackServer.bind(port);
        ProviderSimulator simulator = new ProviderSimulator(server, clock, apiKey);
        server.serve(simulator::serve);
        return simulator;
    }

    /** Ends with {@code /v2}. */
    public URI baseUrl() {
        return server.uri().resolve(ROOT);
    }

    /** Ends with {@code /control}; takes no key. */
    public URI controlUrl() {
        return server.uri().resolve(CONTROL);
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

    /** Somebody made a virtual machine in this account that long ago. */
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

    /**
     * Makes a second machine of an order, as if it had been carried out twice.
     *
     * @param operation a tag of the first
     */
    public SimulatedMachine addTwin(String operation) {
        synchronized (turn) {
            return machines.twin(operation).view(machines.now());
        }
    }

    /** The machine shows that from now on, until it is told {@link HeldState#NONE}. */
    public void hold(String id, HeldState state) {
        synchronized (turn) {
            machines.ever(id).hold(state);
        }
    }

    /** Every request so far, those to {@code /control} left out. */
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

    /** What the price list says of a plan; a field that is null is not told any more. */
    public void changePlan(String plan, ObjectNode fields) {
        synchronized (turn) {
            inventory.changePlan(plan, fields);
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

    /** How many entries a page of any list has at most, whatever is asked for. */
    public void setLargestPage(int entries) {
        synchronized (turn) {
            listing.setLargestPage(entries);
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

    /** The faults that have not struck yet, and those that last. */
    public List<Fault> faults() {
        synchronized (turn) {
            return faults.waiting();
        }
    }

    /** Returns as soon as somebody waits for an answer that is withheld. */
    public void awaitWithheld() {
        withheld.await(LONGEST_WAIT);
    }

    /** No more faults. */
    public void heal() {
        synchronized (turn) {
            faults.clear();
        }
        withheld.release();
    }

    @Override
    public void close() {
        withheld.release();
        server.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (answer(exchange, body)) {
                case Outcome.Answered(Reply reply) -> send(exchange, reply);
                case Outcome.Cut() -> {
                    // Closed without a word.
                }
                case Outcome.Withheld() -> withheld.hold();
            }
        }
    }

    private Outcome answer(HttpExchange exchange, byte[] body) {
        URI uri = exchange.getRequestURI();
        String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        String sent = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
        boolean keyed = sent.equals(authorization);
        if (uri.getPath().startsWith(CONTROL + "/")) {
            String command = uri.getPath().substring(CONTROL.length());
            Call call = new Call(exchange.getRequestMethod(), command, "", Call.query(query), keyed, body);
            return new Outcome.Answered(control.reply(call).asLine());
        }
        String path = uri.getPath().startsWith(ROOT) ? uri.getPath().substring(ROOT.length()) : "/-" + uri.getPath();
        Call call = new Call(exchange.getRequestMethod(), path, "", Call.query(query), keyed, body);
        boolean wrongKey = !sent.isEmpty() && !keyed;
        synchronized (turn) {
            requests.add(new LoggedRequest(call.method(), path, query));
            return faults.strike(call,
                    () -> wrongKey ? Reply.error(401, "Invalid API token.") : routes.reply(call));
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        // Like the provider, which keeps no connection.
        exchange.getResponseHeaders().set("Connection", "close");
        if (!reply.contentType().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        LoopbackServer.answer(exchange, reply.status(), reply.body());
    }
}
