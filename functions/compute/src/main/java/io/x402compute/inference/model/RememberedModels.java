package io.x402compute.inference.model;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.x402compute.store.Remembered;

/** Lists that are read at most once a minute. */
public final class RememberedModels implements Models {
    private static final Duration KEEP = Duration.ofSeconds(60);

    private final Remembered<List<ModelList>> lists;

    public RememberedModels(Models source, Clock clock) {
        lists = new Remembered<>(clock, KEEP, source::lists);
    }

    @Override
    public List<ModelList> lists() {
        return lists.get();
    }

    /** Reads everything again when it is next asked for. */
    public void forget() {
        lists.forget();
    }
}
