package io.x402compute.cli.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.x402.protocol.WireJson;

/** What goes into a run: fields on the command line, over those of a JSON object. */
final class RunInput {
    private static final String ESTIMATE = "/catalog/estimate";

    @Parameters(index = "0", paramLabel = "SERVICE", description = "A service, as x402compute services has it.")
    String service;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "FIELD=VALUE", description = "Its input, such as "
            + "prompt=\"A red fox\" width=512; numbers, lists and objects as in JSON.")
    List<String> fields = List.of();

    @Option(names = "--input", paramLabel = "JSON", description = "Its input as one JSON object.")
    Optional<String> json = Optional.empty();

    ObjectNode input() {
        ObjectNode input = json.map(RunInput::object).orElseGet(WireJson::object);
        for (String field : fields) {
            int sign = field.indexOf('=');
            if (sign < 1) {
                throw new CommandFailed(ExitCode.USAGE, "'%s' is not of the form FIELD=VALUE".formatted(field));
            }
            input.set(field.substring(0, sign), value(field.substring(sign + 1)));
        }
        return input;
    }

    private static ObjectNode object(String text) {
        return parsed(text).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast)
                .orElseThrow(() -> new CommandFailed(ExitCode.USAGE, "--input is no JSON object"));
    }

    /** Text that happens to be a number is rare; --input has it as it is meant. */
    private static JsonNode value(String text) {
        return parsed(text).orElseGet(() -> TextNode.valueOf(text));
    }

    private static Optional<JsonNode> parsed(String text) {
        byte[] wrapped = ("{\"value\": " + text + "}").getBytes(StandardCharsets.UTF_8);
        return WireJson.parse(wrapped).filter(json -> json.size() == 1).map(json -> json.get("value"));
    }

    /** As the API takes it in a body. */
    ObjectNode request() {
        return WireJson.object().put("service", service).set("input", input());
    }

    /** Asks what it would cost; without any field, what the catalogue's example would. */
    Call estimateOfExample() {
        return fields.isEmpty() && json.isEmpty()
                ? Call.get(ESTIMATE).with("service", Optional.of(service))
                : estimate();
    }

    /** Asks what exactly that would cost. */
    Call estimate() {
        return Call.get(ESTIMATE).with("service", Optional.of(service)).with("input", Optional.of(input()));
    }
}
