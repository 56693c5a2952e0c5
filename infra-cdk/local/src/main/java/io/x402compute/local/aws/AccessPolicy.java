package io.x402compute.local.aws;

import java.util.Optional;

/** Decides whether a function may do what it asks of AWS. Asked once for every action on every resource of a call. */
@FunctionalInterface
public interface AccessPolicy {

    /**
     * Why that one action on that one resource is refused, in the words of AWS; empty when it is allowed.
     *
     * @param functionId the calling function's logical id
     * @param action for example {@code dynamodb:GetItem}
     * @param resource an ARN: a table, an index, an event bus or a secret
     */
    Optional<String> refusal(String functionId, String action, String resource);
}
