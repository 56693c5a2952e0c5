package io.x402compute.vultr;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.x402compute.http.Json;

/** What came of one request, before anybody asks what it means. */
sealed interface Answer {

    /** The provider, or something in front of it, answered. */
    record Answered(int status, byte[] body, Optional<Duration> retryAfter) implements Answer {
        private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
        private static final Pattern NOT_YET = Pattern.compile("not currently active|currently locked",
                Pattern.CASE_INSENSITIVE);
        private static final int LONGEST_TEXT = 300;

        boolean success() {
            return status >= 200 && status < 300;
        }

        /** The body, missing where it is not JSON: a proxy in front answers in HTML. */
        JsonNode json() {
            try {
                return Json.read(body);
            } catch (IOException e) {
                return MissingNode.getInstance();
            }
        }

        /** Whether the API itself says no, in its one shape of errors. */
        boolean spokenByTheApi() {
            return json().path("error").isTextual();
        }

        /** What the API says is wrong; empty when it was not the API that answered. On one line, and not too long. */
        String error() {
            String text = json().path("error").asText("");
            String line = CONTROL.matcher(text).replaceAll(" ");
            return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) : line;
        }

        /** A 404 of the API's own: one of a proxy, or of a wrong base URL, says nothing about a machine. */
        boolean missing() {
            return status == 404 && spokenByTheApi();
        }

        /** Whether it was too early to do something to that machine, which the provider calls an error of its own. */
        boolean notYet() {
            return NOT_YET.matcher(error()).find();
        }

        Failure failure() {
            String why = "HTTP " + status + " " + error();
            return switch (status) {
                case 401, 403 -> new Failure(Failure.Kind.CONFIGURATION, why);
                case 408 -> Failure.unavailable(why);
                case 429 -> new Failure(Failure.Kind.THROTTLED, why);
                default -> status >= 400 && status < 500
                        ? new Failure(Failure.Kind.REFUSED, why)
                        : Failure.unavailable(why);
            };
        }
    }

    /** Nothing left this machine: no connection came about, or it was not our turn yet. */
    record NotSent(Failure failure, Duration retryAfter) implements Answer {}

    /** Sent, at least in part, and no complete answer came back. */
    record Lost(String why) implements Answer {}
}
