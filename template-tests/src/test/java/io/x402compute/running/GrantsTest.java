package io.x402compute.running;

import java.util.Comparator;
import java.util.stream.Stream;

import io.x402compute.local.aws.Grant;

/** What the role of each endpoint and each schedule allows is no more than it needs. */
class GrantsTest extends WithdrawnGrants {

    /** Those that end leases first, while there are few machines to end. */
    static Stream<Grant> grants() {
        return judged(running).filter(grant -> !grant.function().equals(TOOLS))
                .sorted(Comparator.comparing((Grant grant) -> !grant.function().equals("ExpireInstances"))
                        .thenComparing(Grant::toString));
    }
}
