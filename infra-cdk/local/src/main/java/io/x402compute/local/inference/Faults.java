package io.x402compute.local.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.x402compute.http.Json;

/** The faults that are still to strike, in the order they were ordered. */
final class Faults {
    private final List<Ordered> waiting = new ArrayList<>();

    /**
     * A fault that waits.
     *
     * @param path what the paths begin with that it strikes, with the API's base
     * @param times how often it strikes; 0 for until it is healed
     */
    record Ordered(String path, int times, Fault fault) {}

    synchronized void add(Ordered fault) {
        waiting.add(fault);
    }

    synchronized void clear() {
        waiting.clear();
    }

    synchronized List<Ordered> waiting() {
        return List.copyOf(waiting);
    }

    /** What comes of a call, spoiled if a fault strikes it. */
    Outcome strike(Call call, Function<Call, Reply> carriedOut) {
        return switch (next(call.dialect().root() + call.path()).orElse(null)) {
            case null -> answered(carriedOut.apply(call));
            case Fault.CallFails(int status, String text) -> answered(error(call, status, text, "server_error"));
            case Fault.TooManyRequests(Optional<String> retryAfter) -> answered(tooMany(call, retryAfter));
            case Fault.ProxyPage(int status) -> answered(page(status));
            case Fault.AnswerWithheld() -> new Outcome.Withheld(carriedOut.apply(call));
            case Fault.ConnectionCut() -> new Outcome.Cut(carriedOut.apply(call));
            case Fault.AnswerCut() -> new Outcome.CutWithin(carriedOut.apply(call));
            case Fault.AnswerTruncated() -> answered(carriedOut.apply(call).truncated());
            case Fault.Nonsense() ->
                answered(Reply.json(Json.object().put("ok", true).putNull("choices").putNull("data")));
            case Fault.AnswerTooLarge(int megabytes) -> answered(padded(carriedOut.apply(call), megabytes << 20));
            case Fault.WorkFails(String text) ->
                answered(carriedOut.apply(call.withFate(new Fate(1, Optional.of(text)))));
            case Fault.WorkSlow(int times) ->
                answered(carriedOut.apply(call.withFate(new Fate(times, Optional.empty()))));
        };
    }

    private synchronized Optional<Fault> next(String path) {
        for (int i = 0; i < waiting.size(); i++) {
            Ordered ordered = waiting.get(i);
            if (path.startsWith(ordered.path())) {
                if (ordered.times() == 1) {
                    waiting.remove(i);
                } else if (ordered.times() > 1) {
                    waiting.set(i, new Ordered(ordered.path(), ordered.times() - 1, ordered.fault()));
                }
                return Optional.of(ordered.fault());
            }
        }
        return Optional.empty();
    }

    private static Outcome answered(Reply reply) {
        return new Outcome.Answered(reply);
    }

    private static Reply error(Call call, int status, String text, String code) {
        return call.dialect().error(new Refused(status, text, code, "", code));
    }

    private static Reply tooMany(Call call, Optional<String> retryAfter) {
        Reply reply = error(call, 429, "Rate limit reached.", "rate_limit_exceeded");
        return retryAfter.map(value -> reply.withHeader("Retry-After", value)).orElse(reply);
    }

    private static Reply page(int status) {
        Reply page = Reply.text("text/html", "<html><body><h1>" + status + " from a proxy</h1></body></html>");
        return new Reply(status, page.contentType(), page.parts(), page.headers());
    }

    private static Reply padded(Reply reply, int bytes) {
        byte[] blanks = new byte[bytes];
        Arrays.fill(blanks, (byte) ' ');
        List<byte[]> parts = new ArrayList<>(reply.parts());
        parts.addFirst(blanks);
        return new Reply(reply.status(), reply.contentType(), parts, reply.headers());
    }
}
