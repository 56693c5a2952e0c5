package io.x402compute.cli.output;

import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.cli.shell.Shell;

/** Where results go: the API's own JSON for programs, or the few things in it that people ask for. */
public final class Output {
    private final Shell shell;
    private final boolean json;

    public Output(Shell shell, boolean json) {
        this.shell = shell;
        this.json = json;
    }

    /**
     * Prints a result.
     *
     * @param text what people read of it, without a last line's end
     */
    public void print(ObjectNode result, Function<ObjectNode, String> text) {
        shell.out().println(json ? result.toPrettyString() : text.apply(result));
        shell.out().flush();
    }
}
