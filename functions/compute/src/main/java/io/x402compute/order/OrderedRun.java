package io.x402compute.order;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.JobId;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.Work;
import io.x402compute.payment.Claim;

/**
 * What a claim says was ordered, in terms of runs.
 *
 * @param work of its service when it was ordered, which decides for good whether it is run before it is paid
 * @param metered whether it was priced by its ceiling
 */
public record OrderedRun(JobId job, RunRequest request, Work work, boolean metered) {
    /** Stored with the request, beside what was asked for. */
    private static final String WORK = "work";
    private static final String METERED = "metered";

    public static OrderedRun of(Claim claim) {
        ObjectNode stored = (ObjectNode) Json.readOwn(claim.order().request());
        return new OrderedRun(JobId.of(claim.order().subject()), RunRequest.ofStored(stored),
                Work.valueOf(stored.get(WORK).textValue()), stored.get(METERED).booleanValue());
    }

    /** The stored form. */
    static ObjectNode stored(RunRequest request, Work work, boolean metered) {
        return request.toJson().put(WORK, work.name()).put(METERED, metered);
    }
}
