package io.x402compute.local.aws;

/** Decides whether a function may do what it asks of AWS. Asked once for every action on every resource of a call. */
@FunctionalInterface
public interface AccessPolicy {

    /**
     * Whether that one action on that one resource is allowed.
     *
     * @param functionId the calling function's logical id
     * @param action for example {@code dynamodb:GetItem}
     * @param resource an ARN: a table, an index, an event bus or a secret
     */
    boolean allows(String functionId, String action, String resource);

    /** Every function may do everything. */
    static AccessPolicy permissive() {
        return (functionId, action, resource) -> true;
    }
}
