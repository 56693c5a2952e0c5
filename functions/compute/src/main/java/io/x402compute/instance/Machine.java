package io.x402compute.instance;

import java.time.Instant;

/**
 * A machine as the provider shows it.
 *
 * @param providerId the provider's id
 * @param createdAt when the provider created it
 * @param ready whether it is up: the provider calls it active, running and installed, and it has an address
 * @param ipAddress IPv4, {@code 0.0.0.0} until it has one
 * @param ipv6Address empty until it has one
 * @param serverStatus the provider's own word for how far the installation is, such as {@code ok}
 * @param osName the installed image
 * @param vcpus virtual processors
 * @param ramMb memory
 * @param diskGb disk
 * @param plan the provider's plan id
 * @param powerStatus the provider's own word, such as {@code running} or {@code stopped}
 */
public record Machine(
        String providerId,
        Instant createdAt,
        boolean ready,
        String ipAddress,
        String ipv6Address,
        String serverStatus,
        String osName,
        int vcpus,
        int ramMb,
        int diskGb,
        String plan,
        String powerStatus) {
    /** What stands where an address will be: known clients print it as text, and a null would stop them. */
    public static final String NO_ADDRESS = "0.0.0.0";
    static final String RUNNING = "running";
    static final String STOPPED = "stopped";
}
