package io.x402compute.running;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.local.aws.Grant;

/**
 * What the role of each endpoint and each schedule allows is no more than it needs. What an endpoint needs to tell who calls is the
 * same for all of them, and tried at a few; at the others with {@code -Dgrants=all}.
 */
class GrantsTest extends WithdrawnGrants {
    /** Those that look at all machines come first, while there are few. */
    private static final Set<String> FIRST = Set.of("ExpireInstances", "ReconcileProvider");
    private static final Set<String> WHO_CALLS = Set.of("dynamodb:PutItem on Nonces", "dynamodb:UpdateItem on Nonces",
            "dynamodb:GetItem on ApiKeys", "dynamodb:UpdateItem on ApiKeys", "secretsmanager:GetSecretValue on ApiKey");
    /** One function in so many. */
    private static final int A_FEW = 5;

    static Stream<Grant> grants() {
        List<String> callers = callers();
        return endpointsAndSchedules().filter(grant -> !tellsWhoCalls(grant)
                || callers.indexOf(grant.function()) % A_FEW == 0);
    }

    static Stream<Grant> grantsOfTheOtherCallers() {
        Set<Grant> tried = Set.copyOf(grants().toList());
        return endpointsAndSchedules().filter(grant -> !tried.contains(grant));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("grantsOfTheOtherCallers")
    @EnabledIfSystemProperty(named = "grants", matches = "all", disabledReason = "takes two minutes: -Dgrants=all")
    void withoutThisGrantNobodyIsKnown(Grant grant) {
        withoutThisGrantSomethingFails(grant);
    }

    private static Stream<Grant> endpointsAndSchedules() {
        return judged(running).filter(grant -> !grant.function().equals(TOOLS))
                .sorted(Comparator.comparing((Grant grant) -> !FIRST.contains(grant.function()))
                        .thenComparing(Grant::toString));
    }

    private static List<String> callers() {
        return endpointsAndSchedules().filter(GrantsTest::tellsWhoCalls).map(Grant::function).distinct().toList();
    }

    private static boolean tellsWhoCalls(Grant grant) {
        return WHO_CALLS.stream().map(words -> words.split(" on ", -1))
                .anyMatch(words -> grant.action().equals(words[0]) && grant.resource().contains(words[1]));
    }
}
