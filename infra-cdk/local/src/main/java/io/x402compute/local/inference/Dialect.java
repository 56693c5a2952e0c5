package io.x402compute.local.inference;

import java.util.Locale;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;

/** The APIs that are spoken, each with its own way to say no. */
enum Dialect {
    OPENAI("/v1"), VULTR("/vultr/v1"), JOBS("/jobs");

    private final String root;

    Dialect(String root) {
        this.root = root;
    }

    /** What our catalogue calls an upstream that speaks it. */
    String upstream() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The path of its base. */
    String root() {
        return root;
    }

    Reply error(Refused refused) {
        return Reply.json(status(refused), switch (this) {
            case OPENAI -> openAi(refused);
            case VULTR -> vultr(refused);
            case JOBS -> Json.object().put("title", refused.code()).put("detail", refused.getMessage())
                    .put("status", status(refused));
        });
    }

    private int status(Refused refused) {
        boolean invalid = refused.status() == 400 && !refused.param().isEmpty();
        return this != OPENAI && invalid ? 422 : refused.status();
    }

    private static ObjectNode openAi(Refused refused) {
        ObjectNode error = Json.object().put("message", refused.getMessage()).put("type", refused.type());
        error.put("param", refused.param().isEmpty() ? null : refused.param());
        error.put("code", refused.code().isEmpty() ? null : refused.code());
        return Json.object().set("error", error);
    }

    /** Without a key it has another shape. */
    private static ObjectNode vultr(Refused refused) {
        if (refused.status() == 401) {
            return Json.object().put("message", "No API key provided");
        }
        ObjectNode error = Json.object().put("code", refused.status()).put("message", refused.getMessage())
                .put("type", refused.type());
        error.putObject("metadata").put("error_type", refused.code());
        return Json.object().set("error", error);
    }
}
