package io.x402compute.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;
import io.x402compute.local.template.Template;

/** A template as CDK writes it, with the resource types of ours, for the functions in {@code sample}. */
public final class Fixture {
    private Fixture() {}

    public static Template template(Map<String, String> parameters) {
        return Template.read(file(), parameters);
    }

    public static JsonNode json() {
        try {
            return Json.read(Files.readAllBytes(file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file() {
        try {
            return Path.of(Fixture.class.getResource("notes.template.json").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
