package io.x402compute.local.provider;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The faults that are still to strike, in the order they were ordered. */
final class Faults {
    private final List<Fault> waiting = new ArrayList<>();

    void add(Fault fault) {
        waiting.add(fault);
    }

    void clear() {
        waiting.clear();
    }

    List<Fault> waiting() {
        return List.copyOf(waiting);
    }

    /** What comes of a call, spoiled if a fault strikes it. */
    Outcome strike(Call call, Supplier<Reply> carriedOut) {
        return switch (next(call)) {
            case null -> answered(carriedOut.get());
            case Fault.CreateRefused(int status, String text) -> answered(Reply.error(status, text));
            case Fault.ChangeRefused(int status, String text) -> answered(Reply.error(status, text));
            case Fault.TooManyRequests(Optional<String> retryAfter) -> answered(tooMany(retryAfter));
            case Fault.AddressNotAllowed(String address) ->
                answered(Reply.error(401, "Unauthorized IP address: " + address));
            case Fault.Outage() -> answered(Reply.html(503, "503 Service Temporarily Unavailable"));
            case Fault.ProxyPage(String _, int status) -> answered(Reply.html(status, status + " from a proxy"));
            case Fault.CallFails(String _, int status, String text) -> answered(Reply.error(status, text));
            case Fault.AnswerLost(Fault.Loss loss) -> lose(loss, carriedOut.get());
            case Fault.ChangeLost(Fault.Loss loss) -> lose(loss, carriedOut.get());
            case Fault.AnswerWithheld() -> withhold(carriedOut.get());
            case Fault.AnswerTruncated(String _) -> answered(carriedOut.get().truncated());
            case Fault.FieldMissing(String _, String field) ->
                answered(carriedOut.get().edited(json -> Edits.remove(json, field)));
            case Fault.CursorRepeated(String _) -> answered(carriedOut.get().edited(Edits::toFirstPage));
            case Fault.DatesInOffset(var offset) ->
                answered(carriedOut.get().edited(json -> Edits.moveDates(json, offset)));
        };
    }

    private Fault next(Call call) {
        for (Iterator<Fault> faults = waiting.iterator(); faults.hasNext();) {
            Fault fault = faults.next();
            if (fault.concerns(call.method(), call.path())) {
                if (!fault.lasts()) {
                    faults.remove();
                }
                return fault;
            }
        }
        return null;
    }

    private static Outcome answered(Reply reply) {
        return new Outcome.Answered(reply);
    }

    private static Reply tooMany(Optional<String> retryAfter) {
        Reply reply = Reply.error(429, "rate limit exceeded");
        return retryAfter.map(value -> reply.withHeader("Retry-After", value)).orElse(reply);
    }

    private static Outcome withhold(Reply lost) {
        return lost.status() == 202 ? new Outcome.Withheld() : answered(lost);
    }

    private static Outcome lose(Fault.Loss loss, Reply reply) {
        return switch (loss) {
            case CONNECTION_CUT -> new Outcome.Cut();
            case BAD_GATEWAY -> answered(Reply.html(502, "502 Bad Gateway"));
            case GATEWAY_TIMEOUT -> answered(Reply.html(504, "504 Gateway Time-out"));
            case SERVER_ERROR -> answered(Reply.error(500, "Internal server error."));
            case TRUNCATED_BODY -> answered(reply.truncated());
            case ID_MISSING -> answered(reply.edited(json -> Edits.remove(json, "id")));
        };
    }
}
