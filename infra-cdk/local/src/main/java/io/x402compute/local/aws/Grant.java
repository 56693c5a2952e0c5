package io.x402compute.local.aws;

/**
 * One action on one resource, as a role allows it or a call asks for it.
 *
 * @param function the simple name of its handler
 * @param action for example {@code dynamodb:GetItem}
 * @param resource an ARN; in a role's words it may hold {@code *}, as the action may
 */
public record Grant(String function, String action, String resource) {

    /** Whether what a role says covers what a call asks for. */
    boolean covers(String askedAction, String askedResource) {
        return Wildcard.matches(action, askedAction) && Wildcard.matches(resource, askedResource);
    }

    @Override
    public String toString() {
        return function + ": " + action + " on " + resource;
    }
}
