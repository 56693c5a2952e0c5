package io.x402compute.local.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.local.http.Command;

/** The faults as they are commanded: {@code {"fault": "<name>", …}}. */
enum FaultCommand {
    ANSWER_LOST("the next machine is made, and its maker does not learn of it; loss is "
            + Command.words(Fault.Loss.values()), "loss"),
    ANSWER_WITHHELD("the next machine is made, and its maker waits until all is healed, which cuts the connection"),
    CREATE_REFUSED("the next order for a machine is refused; the status is 400 unless told", "text", "status"),
    CHANGE_LOST("the next start, halt, reboot or change is carried out, and nobody learns of it; loss is "
            + Command.words(Fault.Loss.values()), "loss"),
    CHANGE_REFUSED("the next start, halt, reboot or change is refused; the status is 400 unless told", "text",
            "status"),
    TOO_MANY_REQUESTS("the next call is answered 429, with that Retry-After or none", "retry_after"),
    ADDRESS_NOT_ALLOWED("every call is answered 401", "address"),
    OUTAGE("every call is answered 503 in HTML"),
    PROXY_PAGE("every call whose path begins so is answered in HTML", "path", "status"),
    CALL_FAILS("every call whose path begins so is answered with that error", "path", "status", "text"),
    ANSWER_TRUNCATED("every answer to a path that begins so ends in the middle", "path"),
    FIELD_MISSING("that field is in no answer to a path that begins so", "path", "field"),
    CURSOR_REPEATED("the next page of every list whose path begins so is its first", "path"),
    DATES_IN_OFFSET("every date_created is told in that offset, such as -05:00", "offset");

    private final String meaning;
    private final String fields;

    FaultCommand(String meaning, String... fields) {
        this.meaning = meaning;
        this.fields = String.join(", ", fields);
    }

    /** @throws Refused for an unknown fault, and for fields that it does not have */
    static Fault read(Call call) {
        String name = call.json().path("fault").asText();
        for (FaultCommand command : values()) {
            if (Command.word(command).equals(name)) {
                return command.fault(new Command(call.json(), command.allowed().split(", ", -1)));
            }
        }
        throw Refused.badRequest("no fault " + name + "; there are " + Command.words(values()));
    }

    static FaultCommand of(Fault fault) {
        return switch (fault) {
            case Fault.AnswerLost _ -> ANSWER_LOST;
            case Fault.AnswerWithheld _ -> ANSWER_WITHHELD;
            case Fault.CreateRefused _ -> CREATE_REFUSED;
            case Fault.ChangeLost _ -> CHANGE_LOST;
            case Fault.ChangeRefused _ -> CHANGE_REFUSED;
            case Fault.TooManyRequests _ -> TOO_MANY_REQUESTS;
            case Fault.AddressNotAllowed _ -> ADDRESS_NOT_ALLOWED;
            case Fault.Outage _ -> OUTAGE;
            case Fault.ProxyPage _ -> PROXY_PAGE;
            case Fault.CallFails _ -> CALL_FAILS;
            case Fault.AnswerTruncated _ -> ANSWER_TRUNCATED;
            case Fault.FieldMissing _ -> FIELD_MISSING;
            case Fault.CursorRepeated _ -> CURSOR_REPEATED;
            case Fault.DatesInOffset _ -> DATES_IN_OFFSET;
        };
    }

    /** For people who ask what can be commanded. */
    ObjectNode describe() {
        return Json.object().put("fault", Command.word(this)).put("fields", fields).put("does", meaning);
    }

    private String allowed() {
        return fields.isEmpty() ? "fault" : "fault, " + fields;
    }

    private Fault fault(Command command) {
        return switch (this) {
            case ANSWER_LOST -> new Fault.AnswerLost(command.oneOf("loss", Fault.Loss.values()));
            case ANSWER_WITHHELD -> new Fault.AnswerWithheld();
            case CREATE_REFUSED -> new Fault.CreateRefused(command.number("status", 400, 599, 400),
                    command.text("text"));
            case CHANGE_LOST -> new Fault.ChangeLost(command.oneOf("loss", Fault.Loss.values()));
            case CHANGE_REFUSED -> new Fault.ChangeRefused(command.number("status", 400, 599, 400),
                    command.text("text"));
            case TOO_MANY_REQUESTS -> new Fault.TooManyRequests(command.optionalText("retry_after"));
            case ADDRESS_NOT_ALLOWED -> new Fault.AddressNotAllowed(command.text("address"));
            case OUTAGE -> new Fault.Outage();
            case PROXY_PAGE -> new Fault.ProxyPage(command.text("path"), command.number("status", 200, 599));
            case CALL_FAILS -> new Fault.CallFails(command.text("path"), command.number("status", 400, 599),
                    command.text("text"));
            case ANSWER_TRUNCATED -> new Fault.AnswerTruncated(command.text("path"));
            case FIELD_MISSING -> new Fault.FieldMissing(command.text("path"), command.text("field"));
            case CURSOR_REPEATED -> new Fault.CursorRepeated(command.text("path"));
            case DATES_IN_OFFSET -> new Fault.DatesInOffset(command.offset("offset"));
        };
    }
}
