package io.x402compute.local.provider;

import java.util.Optional;

/** A way in which the provider misbehaves. Each fault strikes the first call it concerns, once, unless it lasts. */
public sealed interface Fault {

    /** The next machine is made, and its maker does not learn of it. */
    record AnswerLost(Loss loss) implements Fault {}

    /** The next order for a machine is refused with 400 and that text. */
    record CreateRefused(String text) implements Fault {}

    /**
     * The next call, of any kind, is one too many: 429, and nothing is carried out.
     *
     * @param retryAfter the header's value, absent to send none
     */
    record TooManyRequests(Optional<String> retryAfter) implements Fault {}

    /** The key is not accepted from the caller's address. Lasts until {@link ProviderSimulator#heal}. */
    record AddressNotAllowed(String address) implements Fault {}

    /** Every call is answered 503 in HTML, and nothing is carried out. Lasts until {@link ProviderSimulator#heal}. */
    record Outage() implements Fault {}

    /** What comes instead of the answer. */
    enum Loss {
        CONNECTION_CUT, BAD_GATEWAY, GATEWAY_TIMEOUT, SERVER_ERROR, TRUNCATED_BODY
    }

    /** Whether it strikes that call. */
    default boolean concerns(String method, String path) {
        return switch (this) {
            case AnswerLost _,CreateRefused _ -> method.equals("POST") && path.equals("/instances");
            case TooManyRequests _,AddressNotAllowed _,Outage _ -> true;
        };
    }

    /** Whether it strikes every call it concerns, and not only the first. */
    default boolean lasts() {
        return switch (this) {
            case AddressNotAllowed _,Outage _ -> true;
            case AnswerLost _,CreateRefused _,TooManyRequests _ -> false;
        };
    }
}
