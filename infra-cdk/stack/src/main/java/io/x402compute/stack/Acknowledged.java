package io.x402compute.stack;

import java.util.List;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import software.constructs.IConstruct;

/** What a rule pack finds and we leave as it is. The template carries the reason. */
final class Acknowledged {
    private Acknowledged() {}

    /** Of that construct alone, not of what is in it. */
    static void finding(IConstruct construct, String rule, String reason) {
        NagSuppressions.addResourceSuppressions(
                construct, List.of(NagPackSuppression.builder().id(rule).reason(reason).build()));
    }
}
