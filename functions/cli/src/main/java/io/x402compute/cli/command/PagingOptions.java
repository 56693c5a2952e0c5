package io.x402compute.cli.command;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

import io.x402compute.cli.api.Call;
import io.x402compute.cli.shell.Shell;
import io.x402compute.x402.protocol.WireJson;

/** Which page of a list. */
final class PagingOptions {
    @Option(names = "--limit", paramLabel = "ROWS", description = "At most so many, 100 by default and at most.")
    Optional<Integer> limit = Optional.empty();

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "The page after that one: its next_cursor.")
    Optional<String> cursor = Optional.empty();

    Call page(Call call) {
        return call.with("limit", limit).with("cursor", cursor);
    }

    void tellNext(ObjectNode answer, Shell shell) {
        WireJson.text(answer, "next_cursor").ifPresent(next -> shell.say("There are more: --cursor " + next));
    }
}
