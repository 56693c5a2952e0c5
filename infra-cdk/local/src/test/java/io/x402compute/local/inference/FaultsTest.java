package io.x402compute.local.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.local.inference.Asking.Answer;

/** What the server does when it is told to misbehave, by a method or over HTTP. */
class FaultsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String QUESTION = "{\"model\": \"bge-m3\", \"input\": \"x\"}";
    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final String STREAM = """
            {"model": "llama-3.3-70b-instruct", "messages": [{"role": "user", "content": "x"}], "stream": true}""";

    private final Asking asking = new Asking();

    @AfterEach
    void stop() {
        asking.close();
    }

    @Test
    void aFaultStrikesAsOftenAsItWasToldAndOnlyItsPath() {
        asking.server.inject("/v1/embeddings", 2, new Fault.CallFails(500, "oh"));

        assertThat(asking.get("/v1/models").status()).isEqualTo(200);
        assertThat(asking.post(EMBEDDINGS, QUESTION).json().at("/error/message").asText()).isEqualTo("oh");
        assertThat(asking.post(EMBEDDINGS, QUESTION).status()).isEqualTo(500);
        assertThat(asking.post(EMBEDDINGS, QUESTION).status()).isEqualTo(200);
        assertThat(asking.server.requests()).extracting(AskedRequest::path)
                .containsExactly("/v1/models", EMBEDDINGS, EMBEDDINGS, EMBEDDINGS);
        assertThat(asking.server.requests().getLast().text()).isEqualTo(QUESTION);
    }

    @Test
    void aFaultLastsUntilItIsHealed() {
        asking.server.inject("", 0, new Fault.TooManyRequests(Optional.of("7")));

        assertThat(List.of(asking.get("/v1/models").status(), asking.get("/vultr/v1/models").status(),
                asking.post("/jobs/predictions", "{}").status())).containsOnly(429);
        asking.server.heal();
        assertThat(asking.get("/v1/models").status()).isEqualTo(200);
    }

    @Test
    void anAnswerCanBeWithheldForEver() throws Exception {
        asking.server.inject("/v1", 1, new Fault.AnswerWithheld());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> answer = threads.submit(() -> asking.post(EMBEDDINGS, QUESTION));
            asking.server.awaitWithheld();
            assertThat(answer.isDone()).isFalse();
            asking.server.heal();
            assertThat(answer).failsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void anAnswerCanBeCutAtOnceOrInTheMiddle() {
        for (Fault fault : List.of(new Fault.ConnectionCut(), new Fault.AnswerCut())) {
            asking.server.inject("", 1, fault);
            assertThatExceptionOfType(UncheckedIOException.class).as(fault.toString())
                    .isThrownBy(() -> asking.post(EMBEDDINGS, QUESTION));
            asking.server.inject("", 1, fault);
            assertThatExceptionOfType(UncheckedIOException.class).as(fault.toString())
                    .isThrownBy(() -> asking.post(CHAT, STREAM));
        }
    }

    @Test
    void anAnswerCanBeHalfNonsenseTooLargeOrAPage() {
        asking.server.inject("", 1, new Fault.AnswerTruncated());
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> asking.post(EMBEDDINGS, QUESTION).json());
        asking.server.inject("", 1, new Fault.AnswerTruncated());
        assertThat(asking.post(CHAT, STREAM).text()).startsWith("data: ").doesNotContain("[DONE]");
        asking.server.inject("", 1, new Fault.Nonsense());
        Answer nonsense = asking.post(EMBEDDINGS, QUESTION);
        assertThat(nonsense.status()).isEqualTo(200);
        assertThat(nonsense.json().path("data").isArray()).isFalse();
        asking.server.inject("", 1, new Fault.AnswerTooLarge(3));
        Answer large = asking.post(EMBEDDINGS, QUESTION);
        assertThat(large.body()).hasSizeGreaterThan(3 << 20);
        assertThat(large.json().path("data")).hasSize(1);
        asking.server.inject("", 1, new Fault.ProxyPage(502));
        assertThat(asking.post(EMBEDDINGS, QUESTION).text()).startsWith("<html>");
    }

    @Test
    void workCanFailInTheEndOrTakeItsTime() {
        String music = "{\"version\": \"meta/musicgen\", \"input\": {\"prompt\": \"x\"}}";
        asking.server.inject("/jobs", 1, new Fault.WorkFails("out of memory"));
        String failing = "/jobs/predictions/" + asking.post("/jobs/predictions", music).json().path("id").asText();
        asking.server.inject("/jobs", 1, new Fault.WorkSlow(10));
        String slow = "/jobs/predictions/" + asking.post("/jobs/predictions", music).json().path("id").asText();
        asking.clock.advance(Duration.ofSeconds(40));

        JsonNode failed = asking.get(failing).json();
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("error").asText()).isEqualTo("out of memory");
        assertThat(asking.get(slow).json().path("progress").asInt()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"fault": "call_fails", "path": "/v1/chat", "times": 2, "status": 503, "text": "no"} | CallFails[status=503, text=no]
            {"fault": "too_many_requests"}                       | TooManyRequests[retryAfter=Optional.empty]
            {"fault": "too_many_requests", "retry_after": "60"}  | TooManyRequests[retryAfter=Optional[60]]
            {"fault": "proxy_page"}                              | ProxyPage[status=502]
            {"fault": "answer_withheld"}                         | AnswerWithheld[]
            {"fault": "connection_cut"}                          | ConnectionCut[]
            {"fault": "answer_cut"}                              | AnswerCut[]
            {"fault": "answer_truncated"}                        | AnswerTruncated[]
            {"fault": "nonsense"}                                | Nonsense[]
            {"fault": "answer_too_large"}                        | AnswerTooLarge[megabytes=8]
            {"fault": "work_fails", "path": "/jobs"}             | WorkFails[text=out of memory]
            {"fault": "work_slow", "times_longer": 9}            | WorkSlow[times=9]
            """)
    void everyFaultCanBeCommandedAndHealed(String command, String fault) {
        assertThat(asking.post("/control/faults", command).status()).isEqualTo(200);
        assertThat(asking.server.faults()).extracting(order -> order.fault().toString()).containsExactly(fault);
        assertThat(asking.get("/control/faults").json().path("waiting")).hasSize(1);
        assertThat(asking.delete("/control/faults").status()).isEqualTo(200);
        assertThat(asking.server.faults()).isEmpty();
    }

    @Test
    void everyFaultHasANameAndASlipOfTheFingerChangesNothing() {
        assertThat(asking.get("/control/faults").json().path("faults"))
                .hasSize(Fault.class.getPermittedSubclasses().length);
        for (String slip : List.of("{\"fault\": \"fire\"}", "{\"fault\": \"nonsense\", \"paht\": \"/v1\"}",
                "{\"fault\": \"nonsense\", \"times\": -1}", "{\"fault\": \"work_slow\"}", "[]", "{")) {
            assertThat(asking.post("/control/faults", slip).status()).as(slip).isEqualTo(400);
        }
        assertThat(asking.get("/control/fault").status()).isEqualTo(404);
        assertThat(asking.server.faults()).isEmpty();
    }

    @Test
    void whatItWasAskedIsOnRecord() {
        asking.post(EMBEDDINGS, QUESTION);
        JsonNode requests = asking.get("/control/requests").json().path("requests");

        assertThat(requests).hasSize(1);
        assertThat(requests.at("/0/path").asText()).isEqualTo(EMBEDDINGS);
        assertThat(requests.at("/0/body").asText()).isEqualTo(QUESTION);
    }
}
