package io.x402compute.local.function;

import java.nio.charset.StandardCharsets;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;

/**
 * Where {@link LambdaRuntime#getLogger} leads here: to the log of the invocation whose thread, or whose threads, ask for it. Lambda's
 * own runtime client sets that field in the same way.
 */
final class InvocationLogger implements LambdaLogger {
    private static final InheritableThreadLocal<LambdaLogger> CURRENT = new InheritableThreadLocal<>();

    private final LambdaLogger outside;

    private InvocationLogger(LambdaLogger outside) {
        this.outside = outside;
    }

    /** From now on, for whoever asks from within an invocation. */
    static synchronized void install() {
        LambdaLogger before = LambdaRuntime.getLogger();
        if (before instanceof InvocationLogger) {
            return;
        }
        try {
            var field = LambdaRuntime.class.getDeclaredField("logger");
            field.setAccessible(true);
            field.set(null, new InvocationLogger(before));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the runtime's logger cannot be replaced", e);
        }
    }

    /** The thread that calls this runs an invocation, and nothing after it. */
    static void enter(LambdaLogger logger) {
        CURRENT.set(logger);
    }

    @Override
    public void log(String message) {
        LambdaLogger current = CURRENT.get();
        (current == null ? outside : current).log(message);
    }

    @Override
    public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
    }
}
