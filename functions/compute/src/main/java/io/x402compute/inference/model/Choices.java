package io.x402compute.inference.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.inference.Candidate;
import io.x402compute.inference.MostUsed;
import io.x402compute.inference.Operation;
import io.x402compute.inference.Priority;
import io.x402compute.inference.Service;
import io.x402compute.inference.Usage;

/** Says who can serve what, and who comes first. */
public final class Choices {
    private static final String MODEL = "model";

    private final Set<String> upstreams;
    private final Models models;

    /** @param upstreams the names of those that the operator has */
    public Choices(Set<String> upstreams, Models models) {
        this.upstreams = Set.copyOf(upstreams);
        this.models = models;
    }

    /** Every model that would do, in the order of the catalogue. */
    public List<Choice> all(Service service, Instant at) {
        List<ModelList> lists = models.lists();
        return service.candidates().stream().filter(candidate -> upstreams.contains(candidate.upstream()))
                .flatMap(candidate -> fitting(candidate, list(lists, candidate, at))).toList();
    }

    /**
     * Whom to ask, one after the other: a model of each candidate. Empty where there is nobody, or nobody has the model that the input names.
     */
    public List<Choice> of(Service service, ObjectNode input, Priority priority, Instant at) {
        Usage most = MostUsed.of(service, input);
        List<Choice> all = all(service, at).stream()
                .filter(choice -> !input.has(MODEL) || input.get(MODEL).textValue().equals(choice.model().id()))
                .toList();
        Comparator<Choice> byCost = Comparator.comparing(choice -> cost(choice, most),
                Comparator.comparing(cost -> cost.orElse(null), Comparator.nullsLast(Comparator.naturalOrder())));
        return switch (priority) {
            case FAST -> firstOfEach(all.stream());
            case CHEAP -> firstOfEach(all.stream().sorted(byCost));
        };
    }

    private static List<Choice> firstOfEach(Stream<Choice> choices) {
        return List.copyOf(choices.collect(Collectors.toMap(Choice::candidate, choice -> choice, (first, _) -> first,
                LinkedHashMap::new)).values());
    }

    private static Optional<BigDecimal> cost(Choice choice, Usage most) {
        return choice.model().price().map(price -> price.of(most));
    }

    private static Optional<List<Model>> list(List<ModelList> lists, Candidate candidate, Instant at) {
        return lists.stream().filter(list -> list.upstream().equals(candidate.upstream())).findFirst()
                .map(list -> list.at(at));
    }

    /** Where nobody has looked yet, names that are spelt out are believed; and whoever has jobs has no list. */
    private static Stream<Choice> fitting(Candidate candidate, Optional<List<Model>> known) {
        if (candidate.operation() == Operation.JOB || known.isEmpty()) {
            return candidate.models().stream().filter(name -> name.indexOf('*') < 0)
                    .map(name -> new Choice(candidate, new Model(name, Optional.empty())));
        }
        return candidate.models().stream()
                .flatMap(name -> known.get().stream().filter(model -> fits(name, model.id()))).distinct()
                .map(model -> new Choice(candidate, model));
    }

    /** Whether a name of the catalogue, in which an asterisk is any text, stands for that model. */
    public static boolean fits(String name, String model) {
        String pattern = Stream.of(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(model).matches();
    }
}
