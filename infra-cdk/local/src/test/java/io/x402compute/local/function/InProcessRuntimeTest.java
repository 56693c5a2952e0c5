package io.x402compute.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.x402compute.local.function.FunctionRuntime.Outcome;
import io.x402compute.local.template.LambdaFunction;

class InProcessRuntimeTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("GREETING", "hello");

    @TempDir
    private Path directory;
    private FunctionLog log;
    private FunctionRuntime runtime;

    @BeforeEach
    void start() {
        log = new FunctionLog(directory.resolve("logs/functions.log"));
        Duration enough = Duration.ofSeconds(20);
        runtime = new InProcessRuntime(
                List.of(
                        function(Greet.class, enough), function(Refuse.class, enough),
                        function(Hang.class, Duration.ofMillis(20)), function(Broken.class, enough)),
                Map.of("Greet", ENVIRONMENT, "Refuse", ENVIRONMENT, "Hang", ENVIRONMENT, "Broken", ENVIRONMENT), log);
    }

    @AfterEach
    void stop() {
        runtime.close();
        log.close();
    }

    @Test
    void aFunctionSeesItsEnvironmentItsEventAndItsContext() throws Exception {
        assertThat(invoke("Greet", "{\"name\": \"Ann\"}")).isInstanceOfSatisfying(
                Outcome.Returned.class, returned -> assertThat(returned.payload()).asString()
                        .isEqualTo("{\"text\":\"hello, Ann\",\"by\":\"GreetFunction\"}"));
        assertThat(log.lines()).containsExactly("greeting Ann");
        assertThat(Files.readString(directory.resolve("logs/functions.log"))).contains("GreetFunction greeting Ann");
    }

    @Test
    void whatAHandlerThrowsIsAFailureAndInItsLog() {
        assertThat(invoke("Refuse", "{}"))
                .isEqualTo(new Outcome.Failed("java.lang.IllegalStateException", "not today"));
        assertThat(log.lines().getFirst()).contains("IllegalStateException: not today");
    }

    @Test
    void aHandlerThatDoesNotAnswerInTimeIsStopped() throws Exception {
        assertThat(invoke("Hang", "{}")).isEqualTo(new Outcome.TimedOut(Duration.ofMillis(20)));
        Hang.INTERRUPTED.await();
    }

    @Test
    void aHandlerThatCannotBeCreatedIsAFailureOfItsOwn() {
        assertThat(invoke("Broken", "{}")).isInstanceOf(Outcome.Failed.class);
        assertThat(invoke("Greet", "{\"name\": \"Bob\"}")).isInstanceOf(Outcome.Returned.class);
    }

    private Outcome invoke(String id, String event) {
        return runtime.invoke(id, event.getBytes(StandardCharsets.UTF_8));
    }

    private static LambdaFunction function(Class<?> handler, Duration timeout) {
        return new LambdaFunction(
                handler.getSimpleName(), handler.getSimpleName() + "Function", handler.getName() + "::handleRequest",
                "code.zip", timeout, 1024, Map.of(), "Role", List.of());
    }

    /** Whom to greet. */
    public static final class Person {
        private String name;

        public void setName(String name) {
            this.name = name;
        }
    }

    /** How. */
    public record Greeting(String text, String by) {}

    /** Answers. */
    public static final class Greet implements RequestHandler<Person, Greeting> {
        private final String greeting;

        public Greet(Map<String, String> environment) {
            this.greeting = environment.get("GREETING");
        }

        @Override
        public Greeting handleRequest(Person person, Context context) {
            context.getLogger().log("greeting " + person.name + "\n");
            return new Greeting(greeting + ", " + person.name, context.getFunctionName());
        }
    }

    /** Throws. */
    public static final class Refuse implements RequestHandler<Map<String, Object>, String> {
        public Refuse(Map<String, String> environment) {}

        @Override
        public String handleRequest(Map<String, Object> event, Context context) {
            throw new IllegalStateException("not today");
        }
    }

    /** Never answers. */
    public static final class Hang implements RequestHandler<Map<String, Object>, String> {
        private static final CountDownLatch INTERRUPTED = new CountDownLatch(1);

        public Hang(Map<String, String> environment) {}

        @Override
        public String handleRequest(Map<String, Object> event, Context context) {
            try {
                new CountDownLatch(1).await();
                return "never";
            } catch (InterruptedException e) {
                INTERRUPTED.countDown();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Cannot even start. */
    public static final class Broken implements RequestHandler<Map<String, Object>, String> {
        public Broken(Map<String, String> environment) {
            throw new IllegalArgumentException("a setting is missing");
        }

        @Override
        public String handleRequest(Map<String, Object> event, Context context) {
            return "never";
        }
    }
}
