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

    /**
     * The answer to a call, spoiled if a fault strikes it.
     *
     * @return empty when the connection is to be cut instead
     */
    Optional<Reply> strike(Call call, Supplier<Reply> carriedOut) {
        return switch (next(call)) {
            case null -> Optional.of(carriedOut.get());
            case Fault.CreateRefused(String text) -> Optional.of(Reply.error(400, text));
            case Fault.TooManyRequests(Optional<String> retryAfter) -> Optional.of(tooMany(retryAfter));
            case Fault.AddressNotAllowed(String address) ->
                Optional.of(Reply.error(401, "Unauthorized IP address: " + address));
            case Fault.Outage() -> Optional.of(Reply.html(503, "503 Service Temporarily Unavailable"));
            case Fault.AnswerLost(Fault.Loss loss) -> lose(loss, carriedOut.get());
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

    private static Reply tooMany(Optional<String> retryAfter) {
        Reply reply = Reply.error(429, "rate limit exceeded");
        return retryAfter.map(value -> reply.withHeader("Retry-After", value)).orElse(reply);
    }

    private static Optional<Reply> lose(Fault.Loss loss, Reply reply) {
        return switch (loss) {
            case CONNECTION_CUT -> Optional.empty();
            case BAD_GATEWAY -> Optional.of(Reply.html(502, "502 Bad Gateway"));
            case GATEWAY_TIMEOUT -> Optional.of(Reply.html(504, "504 Gateway Time-out"));
            case SERVER_ERROR -> Optional.of(Reply.error(500, "Internal server error."));
            case TRUNCATED_BODY -> Optional.of(reply.truncated());
        };
    }
}
