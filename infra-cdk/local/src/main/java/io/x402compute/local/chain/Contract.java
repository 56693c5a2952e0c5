package io.x402compute.local.chain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;

/**
 * A compiled contract of {@code contracts/}.
 *
 * @param bytecode what a transaction that creates it carries, before the constructor's arguments
 * @param deployedBytecode what then stands at its address, unless its constructor fills in immutables
 */
record Contract(String bytecode, String deployedBytecode) {
    /** @throws IllegalStateException when the build has compiled no contract of that name */
    static Contract named(String name) {
        String resource = "/contracts/" + name + ".json";
        try (InputStream json = Contract.class.getResourceAsStream(resource)) {
            if (json == null) {
                throw new IllegalStateException(resource + " is not on the class path. " + NodeModules.HOW_TO_BUILD);
            }
            JsonNode contract = Json.read(json.readAllBytes());
            return new Contract(contract.required("bytecode").asText(), contract.required("deployedBytecode").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
