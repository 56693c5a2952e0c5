package io.x402compute.x402.extension;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.WireJson;

/**
 * {@code bazaar}: how a paid route that takes a JSON body by POST is called, for catalogues of what can be bought. A facilitator reads
 * it in version 2 from the extension, in version 1 from {@code outputSchema}.
 *
 * @param example a body that the route takes
 * @param schema JSON Schema of such bodies
 * @param parameters of the path by name, each with what stands for it; empty for a route without any
 * @param routeTemplate the path with {@code :name} for each parameter
 */
public record Discovery(
        ObjectNode example, ObjectNode schema, Map<String, String> parameters, Optional<String> routeTemplate)
        implements
            Listing {
    public static final String KEY = "bazaar";

    private static final Pattern TEMPLATE = Pattern.compile("/[a-zA-Z0-9_/:.\\-~%]+");
    private static final String METHOD = "POST";
    private static final String BODY = "json";

    /**
     * Of a route, perhaps with parameters in its path.
     *
     * @throws IllegalArgumentException for a template that catalogues do not take
     */
    public Discovery {
        parameters = Map.copyOf(parameters);
        routeTemplate.filter(path -> !TEMPLATE.matcher(path).matches() || path.contains("..") || path.contains("://"))
                .ifPresent(path -> {
                    throw new IllegalArgumentException("no route template: " + path);
                });
    }

    /** Of a route that is one path. */
    public static Discovery of(ObjectNode example, ObjectNode schema) {
        return new Discovery(example, schema, Map.of(), Optional.empty());
    }

    @Override
    public Map<String, ObjectNode> declaration() {
        ObjectNode json = WireJson.object();
        ObjectNode input = json.putObject("info").putObject("input")
                .put("type", "http")
                .put("method", METHOD)
                .put("bodyType", BODY);
        input.set("body", example);
        if (!parameters.isEmpty()) {
            parameters.forEach(input.putObject("pathParams")::put);
        }
        ObjectNode whole = json.putObject("schema")
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("type", "object");
        ObjectNode fields = whole.putObject("properties").putObject("input").put("type", "object")
                .putObject("properties");
        fields.putObject("type").put("const", "http");
        fields.putObject("method").put("const", METHOD);
        fields.putObject("bodyType").put("const", BODY);
        fields.set("body", schema);
        whole.putArray("required").add("input");
        routeTemplate.ifPresent(path -> json.put("routeTemplate", path));
        return Map.of(KEY, json);
    }

    @Override
    public ObjectNode outputSchema() {
        ObjectNode json = WireJson.object();
        json.putObject("input")
                .put("type", "http")
                .put("method", METHOD)
                .put("discoverable", true)
                .put("bodyType", BODY)
                .set("bodyFields", schema.path("properties").deepCopy());
        return json;
    }
}
