package io.x402compute.local.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.http.Command;

/** The faults as they are commanded: {@code {"fault": "<name>", "path": "/v1/chat", "times": 1, …}}. */
enum FaultCommand {
    CALL_FAILS("answered with that status, 500 unless told", "status", "text"),
    TOO_MANY_REQUESTS("answered 429, with that Retry-After or none", "retry_after"),
    PROXY_PAGE("answered in HTML, 502 unless told", "status"),
    ANSWER_WITHHELD("carried out, and never answered until all is healed"),
    CONNECTION_CUT("carried out, and the connection is cut"),
    ANSWER_CUT("carried out, and the connection is cut in the middle of the answer, or of its stream"),
    ANSWER_TRUNCATED("carried out, and half of the answer passes for all of it"),
    NONSENSE("answered with JSON that has nothing of what was asked for"),
    ANSWER_TOO_LARGE("carried out, and the answer has so many megabytes more, 8 unless told", "megabytes"),
    WORK_FAILS("the job or video that is begun fails in the end", "text"),
    WORK_SLOW("the job or video that is begun takes so many times longer", "times_longer");

    private static final String COMMON = "fault path times";

    private final String meaning;
    private final String fields;

    FaultCommand(String meaning, String... fields) {
        this.meaning = meaning;
        this.fields = String.join(" ", fields);
    }

    /** @throws IllegalArgumentException for an unknown fault, and for fields that it does not have */
    static Faults.Ordered read(JsonNode body) {
        String name = body.path("fault").asText();
        for (FaultCommand command : values()) {
            if (Command.word(command).equals(name)) {
                Command order = new Command(body,
                        (COMMON + " " + command.fields).strip().split(" ", -1));
                return new Faults.Ordered(order.text("path", ""), order.number("times", 0, 1_000, 0),
                        command.fault(order));
            }
        }
        throw new IllegalArgumentException("no fault " + name + "; there are " + Command.words(values()));
    }

    static FaultCommand of(Fault fault) {
        return switch (fault) {
            case Fault.CallFails _ -> CALL_FAILS;
            case Fault.TooManyRequests _ -> TOO_MANY_REQUESTS;
            case Fault.ProxyPage _ -> PROXY_PAGE;
            case Fault.AnswerWithheld _ -> ANSWER_WITHHELD;
            case Fault.ConnectionCut _ -> CONNECTION_CUT;
            case Fault.AnswerCut _ -> ANSWER_CUT;
            case Fault.AnswerTruncated _ -> ANSWER_TRUNCATED;
            case Fault.Nonsense _ -> NONSENSE;
            case Fault.AnswerTooLarge _ -> ANSWER_TOO_LARGE;
            case Fault.WorkFails _ -> WORK_FAILS;
            case Fault.WorkSlow _ -> WORK_SLOW;
        };
    }

    /** For people who ask what can be commanded. */
    ObjectNode describe() {
        return Json.object().put("fault", Command.word(this)).put("fields", fields.replace(" ", ", "))
                .put("does", meaning);
    }

    private Fault fault(Command order) {
        return switch (this) {
            case CALL_FAILS -> new Fault.CallFails(order.number("status", 400, 599, 500),
                    order.text("text", "The server had an error while processing your request."));
            case TOO_MANY_REQUESTS -> new Fault.TooManyRequests(order.optionalText("retry_after"));
            case PROXY_PAGE -> new Fault.ProxyPage(order.number("status", 200, 599, 502));
            case ANSWER_WITHHELD -> new Fault.AnswerWithheld();
            case CONNECTION_CUT -> new Fault.ConnectionCut();
            case ANSWER_CUT -> new Fault.AnswerCut();
            case ANSWER_TRUNCATED -> new Fault.AnswerTruncated();
            case NONSENSE -> new Fault.Nonsense();
            case ANSWER_TOO_LARGE -> new Fault.AnswerTooLarge(order.number("megabytes", 1, 64, 8));
            case WORK_FAILS -> new Fault.WorkFails(order.text("text", "out of memory"));
            case WORK_SLOW -> new Fault.WorkSlow(order.number("times_longer", 1, 1_000));
        };
    }
}
