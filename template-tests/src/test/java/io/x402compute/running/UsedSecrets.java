package io.x402compute.running;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everything that clients of the run have sent and nobody else may learn, remembered where it is made. */
final class UsedSecrets {
    private static final Set<String> USED = ConcurrentHashMap.newKeySet();

    private static final Set<String> UNKEPT = ConcurrentHashMap.newKeySet();

    private UsedSecrets() {}

    /** Returns it, so that it can be remembered in passing. */
    static String remember(String secret) {
        USED.add(secret);
        return secret;
    }

    /** As {@link #remember}, for what the functions themselves must not keep either. */
    static String rememberUnkept(String secret) {
        UNKEPT.add(secret);
        return remember(secret);
    }

    static Set<String> unkept() {
        return Set.copyOf(UNKEPT);
    }

    static Set<String> all() {
        return Set.copyOf(USED);
    }
}
