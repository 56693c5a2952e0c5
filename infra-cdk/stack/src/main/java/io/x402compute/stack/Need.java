package io.x402compute.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * Something a function needs: the variables that name it and the statements that allow it.
 *
 * @param environment by variable name, sorted, so that the template does not change from run to run
 * @param statements exact actions on exact resources
 */
record Need(Map<String, String> environment, List<PolicyStatement> statements) {
    static final Need NOTHING = new Need(Map.of(), List.of());

    static Need variable(String name, String value) {
        return new Need(Map.of(name, value), List.of());
    }

    static Need allow(List<String> actions, String resource) {
        return new Need(
                Map.of(),
                List.of(PolicyStatement.Builder.create().actions(actions).resources(List.of(resource)).build()));
    }

    Need and(Need other) {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.putAll(other.environment);
        List<PolicyStatement> both = new ArrayList<>(statements);
        both.addAll(other.statements);
        return new Need(variables, both);
    }
}
