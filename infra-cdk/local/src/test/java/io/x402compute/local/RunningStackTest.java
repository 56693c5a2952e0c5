package io.x402compute.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import io.x402compute.local.aws.Grant;
import io.x402compute.local.aws.Roles;
import io.x402compute.local.function.InProcessRuntime;
import io.x402compute.local.outside.OutsideCalls;
import io.x402compute.local.sample.CountTicks;

@TestInstance(Lifecycle.PER_CLASS)
class RunningStackTest {
    private static final String INBOX = "arn:aws:sqs:us-east-1:000000000000:Inbox";

    private final HttpClient client = HttpClient.newHttpClient();
    private RunningStack stack;

    @BeforeAll
    void start(@TempDir Path directory) {
        stack = RunningStack.start(
                0, url -> Fixture.template(Map.of("PublicUrl", url.toString())), Map.of("STAMP_SECRET", "sealed"),
                directory.resolve("functions.log"), InProcessRuntime::new,
                new OutsideCalls());
    }

    @AfterAll
    void stop() {
        stack.close();
        client.close();
    }

    @Test
    void aRequestReachesItsFunctionAndTheFunctionItsTableBusAndSecret() throws Exception {
        HttpResponse<String> kept = post("/notes", "buy milk");
        assertThat(kept.statusCode()).isEqualTo(201);
        assertThat(kept.body()).startsWith(stack.url() + "/notes/");

        HttpResponse<String> shown = get(kept.body().substring(stack.url().toString().length()));
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("content-type")).contains("text/markdown");
        assertThat(shown.body()).isEqualTo("hello, buy milk (sealed)");

        assertThat(stack.events()).anySatisfy(event -> {
            assertThat(event.bus()).isEqualTo("notes");
            assertThat(event.detailType()).isEqualTo("NoteKept");
            assertThat(kept.body()).endsWith(event.detail().path("id").asText());
        });
        assertThat(stack.logLines()).contains("POST /notes with 28 s left");
    }

    @Test
    void whatARoleDoesNotAllowIsRefusedAndSaidInTheFunctionsLog() throws Exception {
        Grant grant = new Grant("KeepNote", "dynamodb:PutItem",
                "arn:aws:dynamodb:us-east-1:000000000000:table/NotesTable");

        try (Roles.Withdrawal _ = stack.roles().without(grant)) {
            assertThat(post("/notes", "buy bread").statusCode()).isEqualTo(500);
        }

        assertThat(stack.roles().refused()).containsExactly(grant);
        assertThat(stack.logLines()).contains(
                "User: arn:aws:sts::000000000000:assumed-role/KeepNoteRole/KeepNote is not authorized to perform: "
                        + "dynamodb:PutItem on resource: " + grant.resource()
                        + " because no identity-based policy allows the dynamodb:PutItem action");
        assertThat(post("/notes", "buy bread").statusCode()).isEqualTo(201);
    }

    @Test
    void theGrantsThatFunctionsUseAreKnown() {
        stack.schedules().fire("CountTicks");

        String table = "arn:aws:dynamodb:us-east-1:000000000000:table/NotesTable";
        assertThat(stack.roles().used()).contains(new Grant("CountTicks", "dynamodb:UpdateItem", table))
                .doesNotContain(new Grant("CountTicks", "dynamodb:GetItem", table));
    }

    @Test
    void aPathWithoutARouteIsNotFound() throws Exception {
        HttpResponse<String> answer = get("/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Not Found\"}");
    }

    @Test
    void aFunctionThatThrowsTellsTheClientNothing() throws Exception {
        HttpResponse<String> answer = post("/notes", "boom");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
        assertThat(stack.logLines()).anySatisfy(line -> assertThat(line).contains("cannot take that"));
    }

    @Test
    void headersOverTheGatewaysLimitNeverReachAFunction() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(stack.url().resolve("/notes/x"))
                .header("X-Payment", "p".repeat(10_300)).build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(431);
    }

    @Test
    void aBodyOverTheLimitNeverReachesAFunction() throws Exception {
        assertThat(post("/notes", "x".repeat(6 * 1024 * 1024 + 1)).statusCode()).isEqualTo(413);
    }

    @Test
    void theGatewayAnswersAPreflightFromTheTemplate() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(stack.url().resolve("/notes"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://somewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .build();

        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(answer.headers().firstValue("access-control-allow-headers")).contains("Content-Type,X-PAYMENT");
        assertThat(answer.headers().firstValue("access-control-max-age")).contains("3600");
    }

    @Test
    void theTemplatesCorsReplacesTheFunctionsOwn() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(stack.url().resolve("/notes"))
                .POST(BodyPublishers.ofString("cors"))
                .header("Content-Type", "text/plain")
                .header("Origin", "https://somewhere.example")
                .build();

        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

        assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("*");
        assertThat(answer.headers().firstValue("access-control-expose-headers")).contains("PAYMENT-REQUIRED");
    }

    @Test
    void rulesFireWhenTheClockIsMoved() {
        stack.schedules().fireDue();
        long before = ticks();

        LocalClock.advance(Duration.ofHours(3));
        stack.schedules().fireDue();

        assertThat(ticks()).isEqualTo(before + 1);
    }

    @Test
    void aFunctionOfARuleCanBeFiredByName() {
        long before = ticks();

        assertThat(stack.schedules().fire("CountTicks")).isTrue();
        assertThat(stack.schedules().fire("KeepNote")).isFalse();

        assertThat(ticks()).isEqualTo(before + 1);
    }

    @Test
    void messagesCallTheirFunctionAndWhatItFailsAtEndsInAnAlarm() {
        List.of("hello", "boom").forEach(body -> stack.queues().send(INBOX, body));
        for (int delivery = 0; delivery < 3; delivery++) {
            stack.pollers().deliver();
            LocalClock.advance(Duration.ofMinutes(2));
        }

        assertThat(stack.logLines()).filteredOn(line -> line.startsWith("read ")).containsExactlyInAnyOrder(
                "read hello, 1", "read boom, 1", "read boom, 2");
        assertThat(stack.queues().size(INBOX)).isZero();
        assertThat(stack.lookAtAlarms()).singleElement().satisfies(alarm -> {
            assertThat(alarm.name()).isEqualTo("UnreadAlarm");
            assertThat(alarm.firing()).isTrue();
        });
    }

    private long ticks() {
        Map<String, AttributeValue> counter = stack.tables()
                .getItem(get -> get.tableName("NotesTable").key(CountTicks.COUNTER))
                .item();
        return counter.isEmpty() ? 0 : Long.parseLong(counter.get("ticks").n());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(stack.url().resolve(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(stack.url().resolve(path))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
