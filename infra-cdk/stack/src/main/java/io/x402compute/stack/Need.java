package io.x402compute.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * Something a function needs: the variables that name it and what it may do with it. Needs of the same thing are one: a role has room
 * for 10,240 characters.
 *
 * @param environment by variable name, sorted, so that the template does not change from run to run
 * @param grants exact actions by exact resource, in the order in which they were needed
 */
record Need(Map<String, String> environment, Map<String, Set<String>> grants) {
    static final Need NOTHING = new Need(Map.of(), Map.of());

    static Need variable(String name, String value) {
        return new Need(Map.of(name, value), Map.of());
    }

    static Need allow(List<String> actions, String resource) {
        return new Need(Map.of(), Map.of(resource, Set.copyOf(actions)));
    }

    Need and(Need other) {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.putAll(other.environment);
        Map<String, Set<String>> both = new LinkedHashMap<>();
        grants.forEach((resource, actions) -> both.put(resource, new TreeSet<>(actions)));
        other.grants.forEach(
                (resource, actions) -> both.computeIfAbsent(resource, any -> new TreeSet<>()).addAll(actions));
        return new Need(variables, both);
    }

    /** One for each resource. */
    List<PolicyStatement> statements() {
        return grants.entrySet().stream().map(grant -> PolicyStatement.Builder.create()
                .actions(grant.getValue().stream().sorted().toList()).resources(List.of(grant.getKey())).build())
                .toList();
    }
}
