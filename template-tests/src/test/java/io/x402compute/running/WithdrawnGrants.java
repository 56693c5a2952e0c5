package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.local.aws.Grant;
import io.x402compute.local.aws.Roles;

/** Without any one grant of some functions something fails: {@code grants()} of a test says which. */
abstract class WithdrawnGrants {
    /** Whose role is all tools'. */
    static final String TOOLS = "ServeMcp";

    @RegisterExtension
    static final RunningCloud running = RunningCloud.untouched().and("HashProofs", "on");

    private final GrantFlows flows = new GrantFlows(running);

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
        assertThat(failure).as("what fails without %s", grant).isNotNull();
        assertThat(refused.subList(refusedBefore, refused.size())).as("refused").contains(grant);
        assertThat(running.cloud().logLines()).anySatisfy(line -> assertThat(line).contains("is not authorized")
                .contains(grant.function(), grant.action(), grant.resource()));
    }

    /** Functions write their logs through Lambda, which has no endpoint here. */
    static Stream<Grant> judged(RunningCloud running) {
        return running.cloud().roles().granted().stream().filter(grant -> !grant.action().startsWith("logs:"));
    }
}
