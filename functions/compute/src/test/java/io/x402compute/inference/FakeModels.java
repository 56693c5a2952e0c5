package io.x402compute.inference;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.x402compute.inference.model.Model;
import io.x402compute.inference.model.ModelList;
import io.x402compute.inference.model.Models;
import io.x402compute.inference.model.TokenPrice;

/** Models as if they had been looked at. */
public final class FakeModels implements Models {
    private final List<ModelList> lists = new ArrayList<>();

    /** An upstream has these now, and had nothing before. */
    public FakeModels has(String upstream, Instant since, Model... models) {
        return changed(upstream, since, List.of(), List.of(models));
    }

    public FakeModels changed(String upstream, Instant at, List<Model> before, List<Model> now) {
        lists.removeIf(list -> list.upstream().equals(upstream));
        lists.add(new ModelList(upstream, now, before, at));
        return this;
    }

    public static Model model(String id) {
        return new Model(id, Optional.empty());
    }

    /** A model with what a million tokens cost, in US dollars. */
    public static Model model(String id, String input, String output) {
        return new Model(id, Optional.of(new TokenPrice(ofOne(input), ofOne(output))));
    }

    private static BigDecimal ofOne(String million) {
        return new BigDecimal(million).movePointLeft(6);
    }

    @Override
    public List<ModelList> lists() {
        return List.copyOf(lists);
    }
}
