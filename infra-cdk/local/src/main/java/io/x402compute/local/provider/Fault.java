package io.x402compute.local.provider;

import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A way in which the provider misbehaves. Each fault strikes the first call it concerns, once, unless it lasts: then it strikes
 * until {@link ProviderSimulator#heal}. Paths are those below {@code /v2}, and concern everything that begins with them.
 */
public sealed interface Fault {
    /** With its method before it. */
    Pattern CHANGE = Pattern.compile("PATCH /instances/[^/]+|POST /instances/([^/]+/)?(start|halt|reboot)");

    /** The next machine is made, and its maker does not learn of it. */
    record AnswerLost(Loss loss) implements Fault {}

    /** The next machine is made, and its maker is left waiting; the connection is cut by {@link ProviderSimulator#heal}. */
    record AnswerWithheld() implements Fault {}

    /** The next order for a machine is refused with that status and text. */
    record CreateRefused(int status, String text) implements Fault {

        /** With 400, as most are. */
        public CreateRefused(String text) {
            this(400, text);
        }
    }

    /** The next start, halt, reboot or change of a machine is carried out, and whoever asked for it does not learn of it. */
    record ChangeLost(Loss loss) implements Fault {}

    /** The next start, halt, reboot or change of a machine is not carried out and answered with that status and text. */
    record ChangeRefused(int status, String text) implements Fault {}

    /**
     * The next call, of any kind, is one too many: 429, and nothing is carried out.
     *
     * @param retryAfter the header's value, absent to send none
     */
    record TooManyRequests(Optional<String> retryAfter) implements Fault {}

    /** The key is not accepted from the caller's address. Lasts. */
    record AddressNotAllowed(String address) implements Fault {}

    /** Every call is answered 503 in HTML, and nothing is carried out. Lasts. */
    record Outage() implements Fault {}

    /** A proxy in front of the API answers in HTML, and nothing is carried out. Lasts. */
    record ProxyPage(String path, int status) implements Fault {}

    /** The API answers with that error, and nothing is carried out. Lasts. */
    record CallFails(String path, int status, String text) implements Fault {}

    /** Calls are carried out, and their answers end in the middle. Lasts. */
    record AnswerTruncated(String path) implements Fault {}

    /** Calls are carried out, and that field is nowhere in their answers, such as a list's {@code meta}. Lasts. */
    record FieldMissing(String path, String field) implements Fault {}

    /** However far a list has been read, its next page is its first one. Lasts. */
    record CursorRepeated(String path) implements Fault {}

    /** Every {@code date_created} is told in that offset. Lasts. */
    record DatesInOffset(ZoneOffset offset) implements Fault {}

    /** What comes instead of the answer. */
    enum Loss {
        CONNECTION_CUT, BAD_GATEWAY, GATEWAY_TIMEOUT, SERVER_ERROR, TRUNCATED_BODY, ID_MISSING
    }

    /** Whether it strikes that call. */
    default boolean concerns(String method, String path) {
        return switch (this) {
            case AnswerLost _,AnswerWithheld _,CreateRefused _ -> method.equals("POST")
                    && (path.equals("/instances") || path.equals("/bare-metals"));
            case ChangeLost _,ChangeRefused _ -> CHANGE.matcher(method + " " + path).matches();
            case TooManyRequests _,AddressNotAllowed _,Outage _ -> true;
            case ProxyPage(String begin, int _) -> path.startsWith(begin);
            case CallFails(String begin, int _, String _) -> path.startsWith(begin);
            case AnswerTruncated(String begin) -> path.startsWith(begin);
            case FieldMissing(String begin, String _) -> path.startsWith(begin);
            case CursorRepeated(String begin) -> method.equals("GET") && path.startsWith(begin);
            case DatesInOffset _ -> path.startsWith("/instances") || path.startsWith("/bare-metals");
        };
    }

    /** Whether it strikes every call it concerns, and not only the first. */
    default boolean lasts() {
        return switch (this) {
            case AnswerLost _,AnswerWithheld _,CreateRefused _,ChangeLost _,ChangeRefused _,TooManyRequests _ -> false;
            case AddressNotAllowed _,Outage _,ProxyPage _,CallFails _,AnswerTruncated _,FieldMissing _,CursorRepeated _,DatesInOffset _ ->
                true;
        };
    }
}
