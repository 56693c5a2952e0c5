package io.x402compute.inference.model;

import java.time.Instant;
import java.util.List;

/**
 * The models of one upstream.
 *
 * @param now at the last look
 * @param before as they were until then
 * @param changedAt when that was
 */
public record ModelList(String upstream, List<Model> now, List<Model> before, Instant changedAt) {

    public ModelList {
        now = List.copyOf(now);
        before = List.copyOf(before);
    }

    List<Model> at(Instant moment) {
        return moment.isBefore(changedAt) ? before : now;
    }

    /** The next one; this one if nothing has changed. */
    public ModelList looking(List<Model> found, Instant at) {
        return found.equals(now) ? this : new ModelList(upstream, found, now, at);
    }
}
