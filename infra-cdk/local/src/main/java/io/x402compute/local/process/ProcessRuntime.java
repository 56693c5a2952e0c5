package io.x402compute.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.x402compute.local.function.FunctionLog;
import io.x402compute.local.function.FunctionRuntime;
import io.x402compute.local.template.LambdaFunction;

/**
 * Every function in processes of its own, under AWS's runtime client. One process of each is started at once, as Lambda
 * takes a snapshot of each when a version is published; more come when they are needed.
 */
public final class ProcessRuntime implements FunctionRuntime {
    private final Map<String, EnvironmentPool> pools = new LinkedHashMap<>();
    private final Map<String, EnvironmentPool> poolsByHandler = new LinkedHashMap<>();
    private final RuntimeApi api = RuntimeApi.start();
    private final Path folder;

    private ProcessRuntime(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts one process of each function and returns when all are restored and waiting.
     *
     * @param environments by the function's logical id
     * @param code unpacks a function's zip under a folder and tells where
     * @param workFolder for what the processes need and write, until this is closed
     * @throws FunctionStartException naming a function that does not start; then no process is left
     */
    public static ProcessRuntime start(
            List<LambdaFunction> functions,
            Map<String, Map<String, String>> environments,
            FunctionLog log,
            BiFunction<LambdaFunction, Path, Path> code,
            Path workFolder) {
        ProcessRuntime runtime = new ProcessRuntime(folderIn(workFolder));
        try {
            FunctionJvm jvm = new FunctionJvm(runtime.folder);
            for (LambdaFunction function : functions) {
                Path taskRoot = code.apply(function, runtime.folder);
                EnvironmentPool pool = new EnvironmentPool(() -> ExecutionEnvironment.start(
                        function, taskRoot, environments.get(function.id()), jvm, runtime.api, log));
                runtime.pools.put(function.id(), pool);
                runtime.poolsByHandler.put(function.handlerName(), pool);
            }
            runtime.startAll();
            return runtime;
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
    }

    @Override
    public Outcome invoke(String functionId, byte[] event) {
        return pools.get(functionId).invoke(event);
    }

    @Override
    public int invocationsAtOnce() {
        return EnvironmentPool.MOST;
    }

    /**
     * Ends every process of a function, whatever it is doing, and returns when they are gone; its next invocation gets a new
     * one. Whoever waits for an answer of one is told of its exit.
     *
     * @param handlerName the simple name of the function's handler
     */
    public void kill(String handlerName) {
        poolsByHandler.get(handlerName).killAll();
    }

    @Override
    public void close() {
        // All first: waiting for the end of each in turn would take long.
        pools.values().forEach(EnvironmentPool::kill);
        pools.values().forEach(EnvironmentPool::close);
        api.close();
        deleteFolder();
    }

    /** As many at a time as there are processors: starting is all computing. */
    private void startAll() {
        ExecutorService starters = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<? extends Future<?>> starts = pools.values().stream().map(pool -> starters.submit(pool::start))
                    .toList();
            for (Future<?> start : starts) {
                start.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FunctionStartException refused ? refused : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the functions were starting", e);
        } finally {
            starters.shutdownNow();
        }
    }

    private static Path folderIn(Path workFolder) {
        try {
            return Files.createTempDirectory(Files.createDirectories(workFolder).toAbsolutePath(), "processes-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deleteFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean up " + folder, e);
        }
    }
}
