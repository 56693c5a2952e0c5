package io.x402compute.local.provider;

import java.util.Optional;

/**
 * What a machine is to show from now on, whatever its age: each value that is there is shown in place of its own.
 *
 * @param status such as {@code pending} or {@code suspended}; a {@code pending} machine cannot be destroyed
 * @param powerStatus such as {@code stopped}
 * @param serverStatus such as {@code installingbooting}; a {@code locked} machine cannot be destroyed
 * @param mainIp empty, {@code 0.0.0.0} or an address
 */
public record HeldState(
        Optional<String> status, Optional<String> powerStatus, Optional<String> serverStatus, Optional<String> mainIp) {
    /** The machine shows what is true. */
    public static final HeldState NONE = new HeldState(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty());

    public static HeldState status(String status) {
        return new HeldState(Optional.of(status), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static HeldState serverStatus(String serverStatus) {
        return new HeldState(Optional.empty(), Optional.empty(), Optional.of(serverStatus), Optional.empty());
    }

    public static HeldState mainIp(String mainIp) {
        return new HeldState(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(mainIp));
    }

    MachineState over(MachineState own) {
        return new MachineState(
                status.orElse(own.status()),
                powerStatus.orElse(own.powerStatus()),
                serverStatus.orElse(own.serverStatus()),
                mainIp.orElse(own.mainIp()));
    }
}
