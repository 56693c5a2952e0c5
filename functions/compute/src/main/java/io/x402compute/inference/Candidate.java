package io.x402compute.inference;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An upstream that can do a service, and how it is asked for that.
 *
 * @param upstream its name among the operator's
 * @param models that will do, the best first; an asterisk stands for any text
 * @param set fields that are sent as they are, beside what the operation sends
 * @param also input fields that are sent beside those of the operation; to a job all are
 * @param names of input fields that the upstream calls otherwise, by ours
 * @param values of input fields that the upstream calls otherwise, by field and by ours
 * @param output of a job: where in its result each key of ours is
 * @param usage of a job: where in its result each amount is; one that is not told counts as used up
 */
public record Candidate(
        String upstream,
        Operation operation,
        List<String> models,
        ObjectNode set,
        List<String> also,
        Map<String, String> names,
        Map<String, Map<String, String>> values,
        Map<String, JsonPointer> output,
        Map<Meter, JsonPointer> usage) {

    public Candidate {
        models = List.copyOf(models);
        also = List.copyOf(also);
        names = Map.copyOf(names);
        values = Map.copyOf(values);
        output = Map.copyOf(output);
        usage = Map.copyOf(usage);
    }
}
