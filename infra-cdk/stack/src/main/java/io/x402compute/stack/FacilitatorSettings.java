package io.x402compute.stack;

import java.util.List;

import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;

/** What an operator decides who settles payments of others, too. The routes are always there; while it is off they answer 404. */
final class FacilitatorSettings {
    private static final String ADDRESS = "(0x[0-9a-fA-F]{40}|[1-9A-HJ-NP-Za-km-z]{32,44})";
    /** A cent. */
    private static final int LEAST = 10_000;
    private static final int MOST_LEAST = 999_999_999;
    private static final int MOST_CALLS = 100_000;

    private final CfnParameter service;
    private final CfnParameter minimum;
    private final CfnParameter recipients;
    private final CfnParameter callsPerAddress;
    private final CfnParameter callsPerMinute;

    FacilitatorSettings(Stack stack) {
        service = OperatorSettings.text(stack, "FacilitatorService",
                "on: payments of others are verified and settled, too, at the operator's expense")
                .defaultValue("off")
                .allowedValues(List.of("off", "on"))
                .build();
        minimum = OperatorSettings.number(stack, "FacilitatorMinimum",
                "The least that is settled for others, in millionths of a USDC", LEAST, 0, MOST_LEAST);
        recipients = OperatorSettings.text(stack, "FacilitatorRecipients",
                "Whose payments are settled, addresses with commas; empty: everybody's")
                .defaultValue("")
                .allowedPattern("^(|" + ADDRESS + "(," + ADDRESS + ")*)$")
                .build();
        callsPerAddress = OperatorSettings.number(stack, "FacilitatorCallsPerAddress",
                "Calls that one IP address may make to the facilitator in a minute, of each kind", 60, 1, MOST_CALLS);
        callsPerMinute = OperatorSettings.number(stack, "FacilitatorCallsPerMinute",
                "Calls to the facilitator that are served in a minute, of each kind", 600, 1, MOST_CALLS);
    }

    /** Whether there is such a service. */
    Need service() {
        return variable("FACILITATOR_SERVICE", service);
    }

    /** Who may call it, and how often. */
    Need callers() {
        return service().and(variable("FACILITATOR_CALLS_PER_ADDRESS", callsPerAddress))
                .and(variable("FACILITATOR_CALLS_PER_MINUTE", callsPerMinute));
    }

    /** What it takes. */
    Need terms() {
        return callers().and(variable("FACILITATOR_MINIMUM", minimum))
                .and(variable("FACILITATOR_RECIPIENTS", recipients));
    }

    private static Need variable(String name, CfnParameter setting) {
        return Need.variable(name, setting.getValueAsString());
    }
}
