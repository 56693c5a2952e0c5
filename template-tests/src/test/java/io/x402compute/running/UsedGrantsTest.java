package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.local.aws.Grant;

/** With what its role allows each function does all that it is there for, and there is nothing that it does not use. */
class UsedGrantsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.untouched().and("HashProofs", "on");

    private final GrantFlows flows = new GrantFlows(running);

    @Test
    void everythingGrantedIsUsed() {
        for (GrantFlow flow : GrantFlow.values()) {
            flows.run(flow);
            flows.recover();
        }

        Set<Grant> used = running.cloud().roles().used();
        assertThat(WithdrawnGrants.judged(running).filter(grant -> !used.contains(grant)))
                .as("granted, but never used").isEmpty();
    }
}
