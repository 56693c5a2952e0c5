package io.x402compute.cli.output;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Runs of models, and what can be run. */
public final class RunText {
    /** What people want to see of a result, the first that is there. */
    private static final List<String> RESULTS = List.of("text", "url", "audio_url");

    private RunText() {}

    public static String services(ObjectNode answer) {
        Table table = new Table("service", "category", ">usdc", "to be had", "what it is");
        answer.path("services").forEach(service -> table.row(Field.text(service, "key"),
                Field.text(service, "category"), Field.dollars(service, "default_cost_usd").orElse("-"),
                service.path("available").asBoolean() ? "yes" : "no", Field.text(service, "name")));
        return table.or("There are no services.");
    }

    public static String estimate(ObjectNode estimate) {
        return new Facts().put("service", Field.text(estimate, "service"))
                .put(estimate.path("metered").asBoolean() ? "at most" : "price",
                        Field.dollars(estimate, "estimated_cost_usd").orElse("-") + " USDC")
                .put("to be had", estimate.path("available").asBoolean() ? "yes" : "no").toString();
    }

    /** What it has brought, or how far it is. */
    public static String result(ObjectNode run) {
        JsonNode result = run.path("result");
        if (result.isMissingNode()) {
            return new Facts().put("job", Field.text(run, "job_id")).put("status", Field.text(run, "status"))
                    .put("error", Field.optional(run, "error"))
                    .put("given back", Field.dollars(run, "refund_amount_usd").map("%s USDC"::formatted)).toString();
        }
        return RESULTS.stream().map(name -> Field.optional(result, name)).flatMap(Optional::stream).findFirst()
                .orElseGet(result::toPrettyString);
    }
}
