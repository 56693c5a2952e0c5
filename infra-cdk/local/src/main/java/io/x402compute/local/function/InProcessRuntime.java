package io.x402compute.local.function;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.x402compute.local.template.LambdaFunction;

/**
 * All functions in this process: one handler object each, created by its first invocation, as many invocations at once
 * as arrive.
 */
public final class InProcessRuntime implements FunctionRuntime {
    private final Map<String, LambdaFunction> functions;
    private final Map<String, Map<String, String>> environments;
    private final FunctionLog log;
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Functions that are created when they are first called.
     *
     * @param environments by the function's logical id
     */
    public InProcessRuntime(
            List<LambdaFunction> functions,
            Map<String, Map<String, String>> environments,
            FunctionLog log) {
        this.functions = functions.stream().collect(Collectors.toMap(LambdaFunction::id, Function.identity()));
        this.environments = Map.copyOf(environments);
        this.log = log;
        InvocationLogger.install();
    }

    @Override
    public Outcome invoke(String functionId, byte[] event) {
        LambdaFunction function = functions.get(functionId);
        Future<byte[]> invocation = executor.submit(() -> invoke(function, event));
        try {
            return new Outcome.Returned(invocation.get(function.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return failed(function, e.getCause());
        } catch (TimeoutException e) {
            invocation.cancel(true);
            log.add(function.name(), "Task timed out after " + function.timeout());
            return new Outcome.TimedOut(function.timeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(function, e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private byte[] invoke(LambdaFunction function, byte[] event) throws ReflectiveOperationException {
        LocalContext context = new LocalContext(function, log);
        InvocationLogger.enter(context.getLogger());
        return handler(function).invoke(event, context);
    }

    private Handler handler(LambdaFunction function) throws ReflectiveOperationException {
        Handler existing = handlers.get(function.id());
        if (existing != null) {
            return existing;
        }
        synchronized (function) {
            Handler handler = handlers.get(function.id());
            if (handler == null) {
                handler = Handler.create(function.handlerClass(), environments.get(function.id()));
                handlers.put(function.id(), handler);
            }
            return handler;
        }
    }

    private Outcome failed(LambdaFunction function, Throwable thrown) {
        Throwable cause = thrown instanceof InvocationTargetException invoked ? invoked.getCause() : thrown;
        log.add(function.name(), stackTrace(cause));
        return new Outcome.Failed(cause.getClass().getName(), String.valueOf(cause.getMessage()));
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
