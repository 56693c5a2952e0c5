package io.x402compute.instance;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Instances to start tests with. */
public final class Rentals {
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    public static final Wallet OWNER = new Wallet("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
    public static final MachineSpec SPEC = new MachineSpec("vcg-a16-2c-8g-2vram", "ewr", 2284, "test", Optional.empty(),
            Optional.of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFQ5zTnX0mC4i8fWBl1l3XlhhW3uZyYhYfD2oPGCoTc"),
            Optional.empty());

    private Rentals() {}

    public static Instance ordered(int hours, Instant now) {
        PaidSegment segment = new PaidSegment(UUID.randomUUID().toString(), hours, new Usdc(70_800));
        return Instance.ordered(new InstanceId(UUID.randomUUID()), OWNER, SPEC, segment, now);
    }
}
