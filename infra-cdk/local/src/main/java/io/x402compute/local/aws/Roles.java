package io.x402compute.local.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.x402compute.local.template.LambdaFunction;
import io.x402compute.local.template.Statement;
import io.x402compute.local.template.UnsupportedTemplateException;

/**
 * What the roles in the template allow, judged as IAM does: nothing but what is granted, and a denial outweighs every grant.
 * Remembers which grants were used and what was refused. Conditions are not understood, so there may be none.
 */
public final class Roles implements AccessPolicy {
    private final Map<String, LambdaFunction> functions;
    private final BiConsumer<String, String> log;
    private final Set<Grant> granted;
    private final Set<Grant> denied;
    private final Set<Grant> withdrawn = ConcurrentHashMap.newKeySet();
    private final Set<Grant> used = ConcurrentHashMap.newKeySet();
    private final List<Grant> refused = new CopyOnWriteArrayList<>();

    /**
     * The roles of these functions.
     *
     * @param log takes a function's physical name and why a call of it was refused
     */
    public Roles(List<LambdaFunction> functions, BiConsumer<String, String> log) {
        this.functions = functions.stream().collect(Collectors.toMap(LambdaFunction::id, Function.identity()));
        this.log = log;
        this.granted = grants(functions, Statement::allow);
        this.denied = grants(functions, statement -> !statement.allow());
    }

    /** Every grant in the template. */
    public Set<Grant> granted() {
        return granted;
    }

    /** The grants that some call has needed so far. */
    public Set<Grant> used() {
        return Set.copyOf(used);
    }

    /** What was asked for and refused, oldest first. */
    public List<Grant> refused() {
        return List.copyOf(refused);
    }

    /** Goes on as if the template did not have this grant, until the withdrawal is closed. */
    public Withdrawal without(Grant grant) {
        if (!granted.contains(grant)) {
            throw new IllegalArgumentException("the template does not grant " + grant);
        }
        withdrawn.add(grant);
        return () -> withdrawn.remove(grant);
    }

    /** A grant that is gone for a while. */
    @FunctionalInterface
    public interface Withdrawal extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public Optional<String> refusal(String functionId, String action, String resource) {
        LambdaFunction function = functions.get(functionId);
        Grant asked = new Grant(function.handlerName(), action, resource);
        if (covering(asked, denied).findAny().isPresent()) {
            return Optional.of(refuse(function, asked, "with an explicit deny in an identity-based policy"));
        }
        List<Grant> needed = covering(asked, granted).filter(grant -> !withdrawn.contains(grant)).toList();
        if (needed.isEmpty()) {
            return Optional.of(
                    refuse(function, asked, "because no identity-based policy allows the " + action + " action"));
        }
        used.addAll(needed);
        return Optional.empty();
    }

    private String refuse(LambdaFunction function, Grant asked, String why) {
        String message = "User: arn:aws:sts::000000000000:assumed-role/%s/%s is not authorized to perform: %s on resource: %s %s"
                .formatted(function.role(), function.name(), asked.action(), asked.resource(), why);
        refused.add(asked);
        log.accept(function.name(), message);
        return message;
    }

    private static Stream<Grant> covering(Grant asked, Set<Grant> grants) {
        return grants.stream()
                .filter(grant -> grant.function().equals(asked.function()))
                .filter(grant -> grant.covers(asked.action(), asked.resource()));
    }

    private static Set<Grant> grants(List<LambdaFunction> functions, Predicate<Statement> kind) {
        return functions.stream()
                .flatMap(function -> function.statements().stream().filter(kind)
                        .flatMap(statement -> grants(function.handlerName(), statement)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Grant> grants(String function, Statement statement) {
        if (!statement.conditions().isEmpty()) {
            throw new UnsupportedTemplateException("a condition in a policy");
        }
        return statement.actions().stream()
                .flatMap(action -> statement.resources().stream()
                        .map(resource -> new Grant(function, action, resource)));
    }
}
