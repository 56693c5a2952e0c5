package io.x402compute.inference.upstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.x402compute.inference.Operation;
import io.x402compute.inference.Services;
import io.x402compute.inference.model.Choices;
import io.x402compute.inference.model.DynamoModels;
import io.x402compute.inference.model.Model;
import io.x402compute.inference.model.ModelList;
import io.x402compute.inference.outside.Patience;
import io.x402compute.inference.outside.Reply;

/**
 * Brings what is known of upstreams' models up to date. An upstream that does not answer, or says that it has nothing, keeps what it had.
 */
public final class ModelRefresh {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Services services;
    private final List<Upstream> upstreams;
    private final DynamoModels models;
    private final Clock clock;

    public ModelRefresh(Services services, List<Upstream> upstreams, DynamoModels models, Clock clock) {
        this.services = services;
        this.upstreams = List.copyOf(upstreams);
        this.models = models;
        this.clock = clock;
    }

    /**
     * What came of a refresh.
     *
     * @param read upstreams that have told what they have
     * @param unread those that have not
     * @param changes lists that are not what they were
     */
    public record Result(int read, int unread, int changes) {}

    /** Asks each upstream, and writes down what is new. */
    public Result refresh() {
        Map<String, ModelList> known = models.lists().stream()
                .collect(Collectors.toMap(ModelList::upstream, Function.identity()));
        Instant now = clock.instant();
        int read = 0;
        int changes = 0;
        List<Upstream> listing = upstreams.stream().filter(this::lists).toList();
        for (Upstream upstream : listing) {
            List<Model> listed = listed(upstream);
            if (listed.isEmpty()) {
                continue;
            }
            read++;
            ModelList before = known.getOrDefault(upstream.name(),
                    new ModelList(upstream.name(), List.of(), List.of(), Instant.EPOCH));
            ModelList after = before.looking(wanted(upstream, listed), now);
            if (!after.equals(known.get(upstream.name()))) {
                models.save(after);
                changes++;
            }
        }
        return new Result(read, listing.size() - read, changes);
    }

    private static List<Model> listed(Upstream upstream) {
        Reply reply = new Connection(upstream).get("/models", Patience.of(PATIENCE), Connection.MOST_JSON);
        return reply instanceof Reply.Answered answered && answered.isSuccess()
                ? ListedModels.of(Failures.json(answered.body()))
                : List.of();
    }

    /** Whether anything but jobs is asked of it. */
    private boolean lists(Upstream upstream) {
        return services.all().stream().flatMap(service -> service.candidates().stream())
                .anyMatch(candidate -> candidate.upstream().equals(upstream.name())
                        && candidate.operation() != Operation.JOB);
    }

    /** Those that a service of ours could be run on; some upstreams have hundreds of others. */
    private List<Model> wanted(Upstream upstream, List<Model> listed) {
        Set<String> patterns = services.all().stream().flatMap(service -> service.candidates().stream())
                .filter(candidate -> candidate.upstream().equals(upstream.name()))
                .flatMap(candidate -> candidate.models().stream()).collect(Collectors.toUnmodifiableSet());
        return listed.stream()
                .filter(model -> patterns.stream().anyMatch(pattern -> Choices.fits(pattern, model.id()))).toList();
    }
}
