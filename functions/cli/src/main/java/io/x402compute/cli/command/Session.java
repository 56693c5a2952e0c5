package io.x402compute.cli.command;

import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.cli.api.Answer;
import io.x402compute.cli.api.Call;
import io.x402compute.cli.api.ComputeApi;
import io.x402compute.cli.output.MachineText;
import io.x402compute.cli.output.Output;
import io.x402compute.cli.purchase.Till;
import io.x402compute.cli.shell.Shell;

/** What a command works with. */
record Session(Shell shell, ComputeApi api, Output output) {

    Till till() {
        return new Till(api, shell);
    }

    /** Has the owner ask for something that is to happen once, however often it is asked for. */
    void once(Call call, Consumer<Answer> deliver) {
        till().once(call, api.callers().owner(), named -> api.send(api.asksForOwner(named)), deliver);
    }

    void say(String line) {
        shell.say(line);
    }

    /** Prints an answer about a machine. */
    void print(ObjectNode answer) {
        output.print(answer, result -> describe(result.path("instance")));
    }

    /** Prints the answer to a purchase of a machine, or of time for one. */
    void printBought(ObjectNode answer) {
        output.print(answer, result -> MachineText.bought(result.path("instance"), shell.clock().instant()));
    }

    /** A machine, for people, as it is now. */
    String describe(JsonNode machine) {
        return MachineText.one(machine, shell.clock().instant());
    }
}
