package io.x402compute.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A few things about one thing: a name and its value on each line. */
public final class Facts {
    private record Fact(String name, String value) {}

    private final List<Fact> facts = new ArrayList<>();

    public Facts put(String name, Object value) {
        facts.add(new Fact(name, value.toString()));
        return this;
    }

    public Facts put(String name, Optional<?> value) {
        value.ifPresent(present -> put(name, present));
        return this;
    }

    @Override
    public String toString() {
        int width = facts.stream().mapToInt(fact -> fact.name().length()).max().orElse(0);
        return facts.stream().map(fact -> fact.name() + " ".repeat(width - fact.name().length() + 2) + fact.value())
                .collect(Collectors.joining("\n"));
    }
}
