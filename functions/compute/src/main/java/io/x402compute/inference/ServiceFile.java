package io.x402compute.inference;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.input.InputSchema;
import io.x402compute.x402.protocol.Usdc;

/** Reads the catalogue's file. */
final class ServiceFile {
    private ServiceFile() {}

    static List<Service> services(ObjectNode file) {
        return each(file.get("services")).map(service -> service((ObjectNode) service, file.get("inputs"))).toList();
    }

    private static Service service(ObjectNode json, JsonNode inputs) {
        JsonNode input = json.get("input");
        return new Service(text(json, "key"), text(json, "name"), Category.valueOf(text(json, "category")),
                text(json, "description"), texts(json, "aliases"), Work.valueOf(text(json, "work")),
                price(json.get("price")), limits(json.get("limits")),
                InputSchema.of((ObjectNode) (input.isTextual() ? inputs.get(input.textValue()) : input)),
                texts(json, "outputs"), (ObjectNode) json.get("example"),
                each(json.get("upstreams")).map(ServiceFile::candidate).toList());
    }

    private static Price price(JsonNode json) {
        return new Price(json.get("metered").booleanValue(), usdc(json, "least_usd"),
                each(json.get("rates")).map(rate -> new Rate(Meter.valueOf(text(rate, "meter")),
                        rate.get("per").longValue(), usdc(rate, "usd"),
                        Optional.ofNullable(rate.get("field")).map(JsonNode::textValue))).toList());
    }

    private static Limits limits(JsonNode json) {
        return new Limits(Duration.ofSeconds(json.get("max_seconds").longValue()),
                json.get("max_output_bytes").intValue());
    }

    private static Candidate candidate(JsonNode json) {
        return new Candidate(text(json, "upstream"), Operation.valueOf(text(json, "operation")), texts(json, "models"),
                json.has("set") ? (ObjectNode) json.get("set") : Json.object(),
                each(json.path("also")).map(JsonNode::textValue).toList(),
                map(json.path("names"), name -> name, JsonNode::textValue),
                map(json.path("values"), field -> field,
                        values -> map(values, ours -> ours, JsonNode::textValue)),
                map(json.path("output"), key -> key, at -> JsonPointer.compile(at.textValue())),
                map(json.path("usage"), Meter::valueOf, at -> JsonPointer.compile(at.textValue())));
    }

    private static Usdc usdc(JsonNode json, String field) {
        return Usdc.roundedUp(new BigDecimal(text(json, field)));
    }

    private static <K, V> Map<K, V> map(JsonNode json, Function<String, K> key, Function<JsonNode, V> value) {
        Map<K, V> map = new LinkedHashMap<>();
        json.forEachEntry((name, each) -> map.put(key.apply(name), value.apply(each)));
        return map;
    }

    private static String text(JsonNode json, String field) {
        return json.get(field).textValue();
    }

    private static List<String> texts(JsonNode json, String field) {
        return each(json.get(field)).map(JsonNode::textValue).toList();
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
