package io.x402compute.catalog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.x402compute.http.Json;

/** The provider's catalogue over HTTP: what it lists, what it has in stock, and calls it refuses. It has no machines. */
public final class FakeProvider implements AutoCloseable {
    private final Map<String, ObjectNode> plans = new TreeMap<>();
    private final Map<String, ObjectNode> regions = new LinkedHashMap<>();
    private final Map<Integer, ObjectNode> images = new LinkedHashMap<>();
    private final Map<String, Set<String>> stock = new ConcurrentHashMap<>();
    private final Map<String, Integer> failing = new ConcurrentHashMap<>();
    private final HttpServer server;

    public FakeProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A plan of two processors as the provider describes it, to be changed by the caller. */
    public ObjectNode plan(String id, String type, String monthly, String hourly, String... locations) {
        ObjectNode plan = Json.object().put("id", id).put("type", type).put("vcpu_count", 2).put("ram", 4096)
                .put("disk", 80)
                .put("disk_count", 1).put("bandwidth", 3072).put("disk_type", "SSD").put("invoice_type", "monthly")
                .put("storage_type", "local_storage").put("deploy_ondemand", true).put("gpu_brand", "none");
        plan.set("monthly_cost", Json.readOwn(monthly));
        plan.set("hourly_cost", Json.readOwn(hourly));
        ArrayNode list = plan.putArray("locations");
        for (String location : locations) {
            list.add(location);
            region(location, location, "US", "North America");
            stock.computeIfAbsent(location, absent -> new TreeSet<>()).add(id);
        }
        plans.put(id, plan);
        return plan;
    }

    public ObjectNode gpuPlan(String id, String gpuType, int vramGb, String hourly, String... locations) {
        return plan(id, "vcg", "43", hourly, locations).put("invoice_type", "hourly").put("gpu_brand", "NVIDIA")
                .put("gpu_type", gpuType).put("gpu_vram_gb", vramGb).put("gpu_count", "1/8");
    }

    public void region(String id, String city, String country, String continent) {
        regions.putIfAbsent(id, Json.object().put("id", id).put("city", city).put("country", country).put("continent",
                continent));
        stock.computeIfAbsent(id, absent -> new TreeSet<>());
    }

    public void image(int id, String name, String family) {
        images.put(id, Json.object().put("id", id).put("name", name).put("arch", "x64").put("family", family));
    }

    public void withdraw(String planId) {
        plans.remove(planId);
    }

    public void sellOut(String planId, String region) {
        stock.get(region).remove(planId);
    }

    public void restock(String planId, String region) {
        stock.get(region).add(planId);
    }

    public void clear() {
        plans.clear();
    }

    /** Answers every path that starts so with that status. */
    public void fail(String path, int status) {
        failing.put(path, status);
    }

    public void recover() {
        failing.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int status = failing.entrySet().stream().filter(failure -> path.startsWith(failure.getKey()))
                .map(Map.Entry::getValue).findFirst().orElse(200);
        ObjectNode body = status == 200 ? body(path) : Json.object().put("error", "no").put("status", status);
        byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ObjectNode body(String path) {
        return switch (path) {
            case "/plans" -> list("plans", List.copyOf(plans.values()));
            case "/regions" -> list("regions", List.copyOf(regions.values()));
            case "/instances", "/bare-metals" -> list(path.substring(1).replace('-', '_'), List.of());
            case "/inference/models" -> models();
            case "/os" -> list("os", List.copyOf(images.values()));
            default -> availability(path.substring("/regions/".length(), path.indexOf("/availability")));
        };
    }

    /** What it would run models on, if anybody did. */
    private static ObjectNode models() {
        ObjectNode body = Json.object();
        body.putArray("data").addObject().put("id", "gpt-4o-mini");
        return body;
    }

    private ObjectNode availability(String region) {
        ObjectNode body = Json.object();
        ArrayNode available = body.putArray("available_plans");
        stock.getOrDefault(region, Set.of()).forEach(available::add);
        return body;
    }

    private static ObjectNode list(String key, List<ObjectNode> entries) {
        ObjectNode body = Json.object();
        body.putArray(key).addAll(entries);
        body.putObject("meta").put("total", entries.size()).putObject("links").put("next", "").put("prev", "");
        return body;
    }
}
