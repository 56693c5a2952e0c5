package io.x402compute.running;

import java.util.Comparator;
import java.util.stream.Stream;

import io.x402compute.local.aws.Grant;

/** What the role of the tools allows is no more than all of them together need. */
class ToolGrantsTest extends WithdrawnGrants {

    static Stream<Grant> grants() {
        return judged(running).filter(grant -> grant.function().equals(TOOLS))
                .sorted(Comparator.comparing(Grant::toString));
    }
}
