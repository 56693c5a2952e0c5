package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.order.RefundPolicy;
import io.x402compute.order.RefundReason;

class RefundPolicyJsonTest {
    @Test
    void everyReasonIsARuleAndEveryRuleAReason() {
        List<String> reasons = new ArrayList<>(Arrays.stream(RefundReason.values()).map(RefundReason::code).toList());
        reasons.addAll(List.of(RefundPolicy.UNUSED_TIME, RefundPolicy.UNUSED_CEILING));

        JsonNode rules = RefundPolicyJson.of(false).path("rules");

        assertThat(rules.valueStream().map(rule -> rule.path("reason").textValue())).containsExactlyElementsOf(reasons);
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.path("orders")).isNotEmpty().allSatisfy(
                    kind -> assertThat(kind.textValue()).isIn("provision", "extend", "topup", "run"));
            assertThat(rule.path("when").textValue()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource({"false, credit", "true, onchain"})
    void whatIsGivenBackWholeGoesTheWayOfTheDeploymentAndUnusedTimeIsAlwaysCredit(boolean onchain, String how) {
        JsonNode rules = RefundPolicyJson.of(onchain).path("rules");

        assertThat(rules).allSatisfy(rule -> {
            String share = switch (rule.path("reason").textValue()) {
                case "unused_time" -> "unused_hours";
                case "unused_ceiling" -> "unused_part";
                default -> "all";
            };
            assertThat(rule.path("refund").textValue()).isEqualTo(share);
            assertThat(rule.path("how").textValue()).isEqualTo(share.equals("all") ? how : "credit");
        });
    }

    @Test
    void numbersAreTheOnesTheCodeRunsOn() {
        JsonNode policy = RefundPolicyJson.of(false);

        assertThat(policy.path("version").intValue()).isEqualTo(1);
        assertThat(policy.at("/unused_time/unit_seconds").longValue()).isEqualTo(3_600);
        assertThat(policy.at("/unused_time/used_at_least_seconds").longValue()).isEqualTo(3_600);
        assertThat(policy.at("/deadlines/boot_seconds").longValue()).isEqualTo(1_200);
        assertThat(policy.at("/deadlines/extension_grace_seconds").longValue()).isEqualTo(300);
        assertThat(policy.at("/deadlines/late_transfer_seconds").longValue()).isEqualTo(120);
        assertThat(policy.path("never_refunded")).isNotEmpty();
        assertThat(policy.at("/credit/balance_url").textValue()).isEqualTo("/compute/credits/balance");
    }
}
