package io.x402compute.x402.extension;

import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.protocol.WireJson;

/**
 * {@code bazaar}: how a paid tool of an MCP server is called, over streamable HTTP.
 *
 * @param name of the tool
 * @param description of it, for models
 * @param inputSchema JSON Schema of its arguments
 */
public record ToolDiscovery(String name, String description, ObjectNode inputSchema) implements Listing {
    private static final String TYPE = "mcp";
    private static final String TRANSPORT = "streamable-http";
    private static final String TEXT = "string";

    /** The URL that a payment for a call of this tool names. */
    public String resourceUrl() {
        return "mcp://tool/" + name;
    }

    @Override
    public Map<String, ObjectNode> declaration() {
        ObjectNode json = WireJson.object();
        json.putObject("info").set("input", input());
        ObjectNode whole = json.putObject("schema")
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("type", "object");
        ObjectNode input = whole.putObject("properties").putObject("input").put("type", "object");
        ObjectNode fields = input.putObject("properties");
        fields.putObject("type").put("type", TEXT).put("const", TYPE);
        fields.putObject("toolName").put("type", TEXT);
        fields.putObject("description").put("type", TEXT);
        fields.putObject("transport").put("type", TEXT).putArray("enum").add(TRANSPORT);
        fields.putObject("inputSchema").put("type", "object");
        input.putArray("required").add("type").add("toolName").add("inputSchema");
        whole.putArray("required").add("input");
        return Map.of(Discovery.KEY, json);
    }

    @Override
    public ObjectNode outputSchema() {
        ObjectNode json = WireJson.object();
        json.set("input", input().put("discoverable", true));
        return json;
    }

    private ObjectNode input() {
        ObjectNode input = WireJson.object()
                .put("type", TYPE)
                .put("toolName", name)
                .put("description", description)
                .put("transport", TRANSPORT);
        input.set("inputSchema", inputSchema);
        return input;
    }
}
