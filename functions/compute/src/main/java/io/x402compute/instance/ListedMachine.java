package io.x402compute.instance;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A machine as it stands in one of the provider's lists, whoever made it.
 *
 * @param createdAt when, if the provider said so readably
 */
public record ListedMachine(
        String providerId,
        MachineKind kind,
        String label,
        List<String> tags,
        Optional<Instant> createdAt) {

    /** The first of several that were made by one operation is the one to keep. */
    static final Comparator<ListedMachine> OLDEST_FIRST = Comparator
            .comparing((ListedMachine machine) -> machine.createdAt().orElse(Instant.MAX))
            .thenComparing(ListedMachine::providerId);

    public ListedMachine {
        tags = List.copyOf(tags);
    }

    /** The whole tag; upper and lower case are alike to the provider. */
    boolean carries(String tag) {
        return tags.stream().anyMatch(tag::equalsIgnoreCase);
    }

    /** The instance that it was made for, by the operation id among its tags or else in its label. */
    Optional<InstanceId> instance() {
        return Stream.concat(tags.stream(), Stream.of(label))
                .map(text -> text.toLowerCase(Locale.ROOT))
                .flatMap(text -> Instance.ofOperation(text).stream())
                .findFirst();
    }
}
