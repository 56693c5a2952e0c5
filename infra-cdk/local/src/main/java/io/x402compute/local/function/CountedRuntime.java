package io.x402compute.local.function;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import io.x402compute.local.template.LambdaFunction;

/** Counts what Lambda counts of a function. */
public final class CountedRuntime implements FunctionRuntime {
    private final FunctionRuntime functions;
    private final Map<String, String> names;
    private final BiConsumer<String, Boolean> count;

    /** @param count is told the name of each function that was called, and whether it succeeded */
    public CountedRuntime(FunctionRuntime functions, List<LambdaFunction> deployed,
            BiConsumer<String, Boolean> count) {
        this.functions = functions;
        this.names = deployed.stream().collect(Collectors.toMap(LambdaFunction::id, LambdaFunction::name));
        this.count = count;
    }

    @Override
    public Outcome invoke(String functionId, byte[] event) {
        Outcome outcome = functions.invoke(functionId, event);
        boolean succeeded = switch (outcome) {
            case Outcome.Returned returned -> true;
            case Outcome.Failed failed -> false;
            case Outcome.TimedOut timedOut -> false;
        };
        count.accept(names.get(functionId), succeeded);
        return outcome;
    }

    @Override
    public int invocationsAtOnce() {
        return functions.invocationsAtOnce();
    }

    @Override
    public void close() {
        functions.close();
    }
}
