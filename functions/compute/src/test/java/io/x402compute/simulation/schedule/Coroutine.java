package io.x402compute.simulation.schedule;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Work that can stop anywhere below it and be gone on with later, on the thread of whoever goes on with it: what the JDK's virtual
 * threads are made of, without their scheduler. That one hands work from core to core, which costs most of the time of a history
 * that does nothing but hand turns around, and all of its pace on a busy machine.
 */
final class Coroutine {
    private static final String CONTINUATION = "jdk.internal.vm.Continuation";
    private static final Object SCOPE;
    private static final MethodHandle NEW;
    private static final MethodHandle RUN;
    private static final MethodHandle YIELD;
    private static final MethodHandle IS_DONE;

    static {
        try {
            Class<?> continuation = Class.forName(CONTINUATION);
            Class<?> scope = Class.forName(CONTINUATION + "Scope");
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SCOPE = scope.getConstructor(String.class).newInstance("simulation");
            NEW = lookup.findConstructor(continuation, MethodType.methodType(void.class, scope, Runnable.class))
                    .asType(MethodType.methodType(Object.class, Object.class, Runnable.class));
            RUN = lookup.findVirtual(continuation, "run", MethodType.methodType(void.class))
                    .asType(MethodType.methodType(void.class, Object.class));
            YIELD = lookup.findStatic(continuation, "yield", MethodType.methodType(boolean.class, scope))
                    .asType(MethodType.methodType(boolean.class, Object.class));
            IS_DONE = lookup.findVirtual(continuation, "isDone", MethodType.methodType(boolean.class))
                    .asType(MethodType.methodType(boolean.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("needs --add-exports java.base/jdk.internal.vm=ALL-UNNAMED", e);
        }
    }

    private final Object continuation;

    Coroutine(Runnable work) {
        try {
            continuation = NEW.invokeExact(SCOPE, work);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins, or goes on, until it stops or is done. */
    void goOn() {
        try {
            RUN.invokeExact(continuation);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isDone() {
        try {
            return (boolean) IS_DONE.invokeExact(continuation);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops the one that runs; comes back when somebody goes on with it. */
    static void stop() {
        try {
            boolean _ = (boolean) YIELD.invokeExact(SCOPE);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
