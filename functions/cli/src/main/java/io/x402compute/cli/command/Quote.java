package io.x402compute.cli.command;

import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.cli.api.Answer;
import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.x402.protocol.Usdc;

/** A price that was quoted. */
record Quote(ObjectNode answer) {
    private static final Pattern MICROS = Pattern.compile("[0-9]{1,18}");

    static Quote of(Answer answer) {
        return new Quote(answer.body());
    }

    /** @throws CommandFailed when the answer has none */
    Usdc price() {
        String micros = answer.path("amount").asText();
        if (!MICROS.matcher(micros).matches()) {
            throw new CommandFailed(ExitCode.FAILED, "the API's quote has no amount");
        }
        return new Usdc(Long.parseLong(micros));
    }
}
