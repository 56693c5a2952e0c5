package io.x402compute.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import org.crac.Core;
import org.crac.Resource;

/**
 * A function with snapshot hooks that does what its event says and tells where it ran; its environment can make any step
 * of its start fail. Lives in a process of its own, where nothing else of these tests is.
 */
public final class RestoredFunction implements RequestHandler<Map<String, Object>, Map<String, Object>>, Resource {
    static final String FAILING_STEP = "FAILING_STEP";

    // Only the reference is stored, and weakly.
    @SuppressWarnings("this-escape")
    public RestoredFunction() {
        step("constructed");
        Core.getGlobalContext().register(this);
    }

    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
        step("before the snapshot");
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {
        step("after the restore");
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        context.getLogger().log("first of two");
        context.getLogger().log("second of two");
        switch (String.valueOf(event.get("do"))) {
            case "throw" -> throw new IllegalStateException("not today");
            case "exit" -> Runtime.getRuntime().halt(3);
            case "call" -> call((Integer) event.get("port"));
            default -> {
                // Only answers.
            }
        }
        return Map.of(
                "pid", ProcessHandle.current().pid(),
                "variables", List.copyOf(new TreeSet<>(System.getenv().keySet())),
                "now", ServiceLoader.load(Clock.class).findFirst().orElseThrow().instant().toString(),
                "enough_time", context.getRemainingTimeInMillis() > 1_000);
    }

    private static void step(String name) {
        LambdaRuntime.getLogger().log(name);
        if (name.equals(System.getenv(FAILING_STEP))) {
            throw new IllegalArgumentException("cannot be " + name);
        }
    }

    /** Stays until whoever answers that call has had enough. */
    private static void call(int port) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            var _ = socket.getInputStream().read();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
