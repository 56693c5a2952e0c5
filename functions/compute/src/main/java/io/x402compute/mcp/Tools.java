package io.x402compute.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.contract.ApiContract;
import io.x402compute.http.Json;

/** The routes that are tools, as the table {@code tools.json} beside this class lists them. */
public final class Tools {
    private static final String TABLE = "tools.json";
    private static final String INSTRUCTIONS = "instructions.txt";

    private final List<Tool> tools;
    private final String instructions;

    private Tools(List<Tool> tools, String instructions) {
        this.tools = List.copyOf(tools);
        this.instructions = instructions;
    }

    /** With their arguments as the contract has them. */
    public static Tools of(ApiContract contract) {
        List<Tool> tools = Json.readOwn(resource(TABLE)).valueStream()
                .map(row -> Tool.of(row, contract.operation(row.get("operation").textValue()))).toList();
        return new Tools(tools, resource(INSTRUCTIONS).strip());
    }

    public List<Tool> all() {
        return tools;
    }

    Optional<Tool> named(JsonNode name) {
        return tools.stream().filter(tool -> tool.name().equals(name.textValue())).findFirst();
    }

    /** How to use them, for models. */
    String instructions() {
        return instructions;
    }

    private static String resource(String name) {
        try (InputStream file = Tools.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not deployed");
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
