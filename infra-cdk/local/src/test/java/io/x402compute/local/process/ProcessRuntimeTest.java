package io.x402compute.local.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.crac.Core;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.Json;
import io.x402compute.local.LocalClock;
import io.x402compute.local.function.FunctionLog;
import io.x402compute.local.function.FunctionRuntime;
import io.x402compute.local.function.FunctionRuntime.Outcome;
import io.x402compute.local.template.LambdaFunction;

@TestInstance(Lifecycle.PER_CLASS)
class ProcessRuntimeTest {
    private static final String ENOUGH = "Enough";
    private static final String SHORT = "Short";

    private Path folder;
    private FunctionLog log;
    private FunctionRuntime runtime;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        folder = directory;
        log = new FunctionLog(folder.resolve("functions.log"));
        runtime = start(Map.of("GREETING", "hello"), function(ENOUGH, Duration.ofSeconds(60)),
                function(SHORT, Duration.ofMillis(300)));
    }

    @AfterAll
    void stop() {
        runtime.close();
        log.close();
    }

    @Test
    void everyStepOfASnapshotIsTakenBeforeTheFunctionServes() {
        assertThat(log.lines()).containsSubsequence("constructed", "before the snapshot", "after the restore")
                .anyMatch(line -> line
                        .matches("RestoredFunction ready in [0-9.]+ s, [0-9]+ ms of it after the snapshot"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"constructed", "before the snapshot", "after the restore"})
    void aFunctionThatFailsAtAnyStepIsNamedAndNothingIsLeftRunning(String step) {
        Set<ProcessHandle> before = children();

        assertThatThrownBy(() -> start(Map.of(RestoredFunction.FAILING_STEP, step), function("Failing",
                Duration.ofSeconds(60)))).isInstanceOf(FunctionStartException.class)
                .hasMessageContaining("RestoredFunction does not start")
                .hasMessageContaining("IllegalArgumentException").hasMessageContaining("cannot be " + step);

        assertThat(before).containsAll(children());
    }

    @Test
    void aFunctionHasLambdasVariablesAndItsOwnAndNoneOfOurs() throws IOException {
        assertThat(answer("{}").path("variables")).map(JsonNode::textValue)
                .contains("GREETING", "AWS_LAMBDA_FUNCTION_NAME", "LAMBDA_TASK_ROOT", "_HANDLER")
                .doesNotContain("HOME", "JAVA_HOME", "USER", "MAVEN_OPTS");
        assertThat(answer("{}").path("enough_time").booleanValue()).isTrue();
    }

    @Test
    void eachMessageIsALineOfTheLog() throws IOException {
        var _ = answer("{}");

        assertThat(log.lines()).containsSubsequence("first of two", "second of two");
    }

    @Test
    void whatAHandlerThrowsIsAFailureAndInItsLogAndItsProcessGoesOn() throws IOException {
        long process = process(answer("{}"));

        assertThat(invoke(ENOUGH, "{\"do\": \"throw\"}"))
                .isEqualTo(new Outcome.Failed("java.lang.IllegalStateException", "not today"));
        assertThat(log.lines()).anyMatch(line -> line.contains("IllegalStateException"));
        assertThat(process(answer("{}"))).isEqualTo(process);
    }

    @Test
    void aProcessThatEndsIsAFailureAndTheNextInvocationGetsAnother() throws IOException {
        long process = process(answer("{}"));

        assertThat(invoke(ENOUGH, "{\"do\": \"exit\"}"))
                .isEqualTo(new Outcome.Failed("Runtime.ExitError", "the process exited with code 3"));
        assertThat(process(answer("{}"))).isNotEqualTo(process);
    }

    @Test
    void aFunctionThatDoesNotAnswerInTimeLosesItsProcess() throws IOException {
        CompletableFuture<?> oneIsGone = CompletableFuture
                .anyOf(children().stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        try (ServerSocket silent = listen()) {
            assertThat(invoke(SHORT, call(silent))).isEqualTo(new Outcome.TimedOut(Duration.ofMillis(300)));
        }

        assertThat(oneIsGone).succeedsWithin(Duration.ofMinutes(1));
    }

    @Test
    void invocationsAtTheSameTimeHaveProcessesOfTheirOwnAndThoseAreFew() throws Exception {
        List<Future<Outcome>> outcomes = new ArrayList<>();
        try (ServerSocket called = listen(); ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i <= EnvironmentPool.MOST; i++) {
                outcomes.add(callers.submit(() -> invoke(ENOUGH, call(called))));
            }
            List<Socket> atOnce = new ArrayList<>();
            for (int i = 0; i < EnvironmentPool.MOST; i++) {
                atOnce.add(called.accept());
            }
            for (Socket caller : atOnce) {
                caller.close();
            }
            called.accept().close();
        }

        Set<Long> processes = new HashSet<>();
        for (Future<Outcome> outcome : outcomes) {
            processes.add(process(payload(outcome.get())));
        }
        assertThat(processes).hasSize(EnvironmentPool.MOST);
    }

    @Test
    void ourClockIsTheFunctionsClockAlsoAfterItWasMoved() throws IOException {
        Instant before = Instant.parse(answer("{}").path("now").textValue());
        assertThat(before).isBetween(new LocalClock().instant().minusSeconds(60), new LocalClock().instant());

        LocalClock.advance(Duration.ofHours(5));

        assertThat(Instant.parse(answer("{}").path("now").textValue())).isAfter(before.plus(Duration.ofHours(5)));
    }

    @Test
    void closingEndsEveryProcess() throws IOException {
        FunctionRuntime another = start(Map.of(), function("Another", Duration.ofSeconds(60)));
        long process = process(payload(another.invoke("Another", "{}".getBytes(UTF_8))));
        assertThat(ProcessHandle.of(process)).isPresent();

        another.close();

        assertThat(ProcessHandle.of(process).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private FunctionRuntime start(Map<String, String> environment, LambdaFunction... functions) throws IOException {
        Path taskRoot = Files.createTempDirectory(folder, "task-");
        String name = RestoredFunction.class.getName().replace('.', '/') + ".class";
        copy(Path.of(ProcessRuntimeTest.class.getProtectionDomain().getCodeSource().getLocation().getPath(), name),
                taskRoot.resolve(name));
        copy(Path.of(Core.class.getProtectionDomain().getCodeSource().getLocation().getPath()),
                taskRoot.resolve("lib/crac.jar"));
        List<LambdaFunction> all = List.of(functions);
        return ProcessRuntime.start(all,
                all.stream().collect(Collectors.toMap(LambdaFunction::id, _ -> environment)), log,
                (_, _) -> taskRoot, folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    private JsonNode answer(String event) throws IOException {
        return payload(invoke(ENOUGH, event));
    }

    private Outcome invoke(String id, String event) {
        return runtime.invoke(id, event.getBytes(UTF_8));
    }

    private static JsonNode payload(Outcome outcome) throws IOException {
        assertThat(outcome).isInstanceOf(Outcome.Returned.class);
        return Json.read(((Outcome.Returned) outcome).payload());
    }

    private static long process(JsonNode answer) {
        return answer.path("pid").longValue();
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
    }

    private static String call(ServerSocket server) {
        return "{\"do\": \"call\", \"port\": " + server.getLocalPort() + "}";
    }

    private static Set<ProcessHandle> children() {
        return new HashSet<>(ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList());
    }

    private static LambdaFunction function(String id, Duration timeout) {
        return new LambdaFunction(id, id + "Function", RestoredFunction.class.getName() + "::handleRequest", "code.zip",
                timeout, 1024, Map.of(), "Role", List.of());
    }
}
