package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.local.aws.Grant;
import io.x402compute.local.aws.Roles;

/**
 * What each function's role allows is what the function needs: nothing is missing, for without any one grant something fails,
 * and nothing is too much.
 */
class GrantsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.untouched().and("HashProofs", "on");

    private final GrantFlows flows = new GrantFlows(running);

    /** Those that end leases first, while there are few machines to end. */
    static Stream<Grant> grants() {
        return running.cloud().roles().granted().stream()
                .filter(GrantsTest::isJudgedHere)
                .sorted(Comparator.comparing((Grant grant) -> !grant.function().equals("ExpireInstances"))
                        .thenComparing(Grant::toString));
    }

    /** What was left unfinished is finished once the grant is back. */
    @AfterEach
    void recover() {
        flows.recover();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("grants")
    void withoutThisGrantSomethingFails(Grant grant) {
        Roles roles = running.cloud().roles();
        int refusedBefore = roles.refused().size();
        Throwable failure;
        try (Roles.Withdrawal _ = roles.without(grant)) {
            failure = catchThrowable(() -> flows.run(GrantFlow.needing(grant)));
        }

        List<Grant> refused = roles.refused();
        assertThat(failure).as("what fails without it").isNotNull();
        assertThat(refused.subList(refusedBefore, refused.size())).as("refused").contains(grant);
        assertThat(running.cloud().logLines()).anySatisfy(line -> assertThat(line).contains("is not authorized")
                .contains(grant.function(), grant.action(), grant.resource()));
    }

    @Test
    void everythingGrantedIsUsed() {
        for (GrantFlow flow : GrantFlow.values()) {
            flows.run(flow);
            flows.recover();
        }

        Set<Grant> used = running.cloud().roles().used();
        assertThat(grants().filter(grant -> !used.contains(grant))).as("granted, but never used").isEmpty();
    }

    /** Functions write their logs through Lambda, which has no endpoint here. */
    private static boolean isJudgedHere(Grant grant) {
        return !grant.action().startsWith("logs:");
    }
}
