package io.x402compute.running;

import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

import io.x402compute.local.aws.Grant;

/** What the role of each endpoint and each schedule allows is no more than it needs. */
class GrantsTest extends WithdrawnGrants {

    /** Those that look at all machines come first, while there are few. */
    private static final Set<String> FIRST = Set.of("ExpireInstances", "ReconcileProvider");

    static Stream<Grant> grants() {
        return judged(running).filter(grant -> !grant.function().equals(TOOLS))
                .sorted(Comparator.comparing((Grant grant) -> !FIRST.contains(grant.function()))
                        .thenComparing(Grant::toString));
    }
}
