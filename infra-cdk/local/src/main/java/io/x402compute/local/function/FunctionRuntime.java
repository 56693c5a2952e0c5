package io.x402compute.local.function;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.x402compute.local.template.LambdaFunction;

/** Where functions run: in this process, or each in its own. */
public interface FunctionRuntime extends AutoCloseable {

    /**
     * Invokes a function and waits for it, at most for the function's own timeout.
     *
     * @param functionId its logical id
     * @param event JSON
     */
    Outcome invoke(String functionId, byte[] event);

    /** How many invocations of one function there can be at once; others wait. */
    default int invocationsAtOnce() {
        return Integer.MAX_VALUE;
    }

    @Override
    void close();

    /** Makes a runtime. */
    @FunctionalInterface
    interface Starter {

        /**
         * A runtime for those functions.
         *
         * @param environments by the function's logical id
         * @param log for what they say
         */
        FunctionRuntime start(
                List<LambdaFunction> functions,
                Map<String, Map<String, String>> environments,
                FunctionLog log);
    }

    /** What came of an invocation. */
    sealed interface Outcome {

        /** The handler answered, in JSON. */
        record Returned(byte[] payload) implements Outcome {}

        /** The handler threw, or could not be created. */
        record Failed(String errorType, String errorMessage) implements Outcome {}

        record TimedOut(Duration after) implements Outcome {}
    }
}
