package io.x402compute.vultr;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.vultr.Answer.Answered;
import io.x402compute.vultr.Answer.Lost;
import io.x402compute.vultr.Answer.NotSent;

/** Answers to reads that either bring JSON or bring nothing. */
final class Read {
    private Read() {}

    static JsonNode json(Answer answer) throws VultrException {
        return switch (answer) {
            case Answered answered when answered.success() -> object(answered);
            case Answered answered -> throw new VultrException(answered.failure());
            case NotSent(Failure failure, var _) -> throw new VultrException(failure);
            case Lost(String why) -> throw new VultrException(Failure.unavailable(why));
        };
    }

    /** One named object of the answer. */
    static JsonNode object(Answer answer, String key) throws VultrException {
        JsonNode object = json(answer).path(key);
        if (!object.isObject()) {
            throw new VultrException(Failure.unavailable("an answer without " + key));
        }
        return object;
    }

    private static JsonNode object(Answered answered) throws VultrException {
        JsonNode json = answered.json();
        if (!json.isObject()) {
            throw new VultrException(Failure.unavailable("HTTP " + answered.status() + " without JSON"));
        }
        return json;
    }
}
