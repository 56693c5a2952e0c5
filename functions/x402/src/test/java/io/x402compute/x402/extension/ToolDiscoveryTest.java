package io.x402compute.x402.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.protocol.WireJson;

class ToolDiscoveryTest {
    private static final ToolDiscovery TOOL = new ToolDiscovery("rent", "Rents a machine",
            WireJson.object().put("type", "object"));

    @Test
    void toolSaysHowItIsCalled() {
        JsonNode declaration = TOOL.declaration().get("bazaar");

        assertThat(declaration.path("info")).hasToString("""
                {"input":{"type":"mcp","toolName":"rent","description":"Rents a machine",\
                "transport":"streamable-http","inputSchema":{"type":"object"}}}""");
        assertThat(declaration.at("/schema/properties/input/required"))
                .hasToString("[\"type\",\"toolName\",\"inputSchema\"]");
        assertThat(TOOL.resourceUrl()).isEqualTo("mcp://tool/rent");
    }

    @Test
    void version1SaysTheSame() {
        assertThat(TOOL.outputSchema()).hasToString("""
                {"input":{"type":"mcp","toolName":"rent","description":"Rents a machine",\
                "transport":"streamable-http","inputSchema":{"type":"object"},"discoverable":true}}""");
    }
}
