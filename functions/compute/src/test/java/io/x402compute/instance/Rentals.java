package io.x402compute.instance;

import java.security.SecureRandom;
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

    /** As {@link #SPEC}, without a key. */
    public static final MachineSpec KEYLESS = new MachineSpec(SPEC.plan(), SPEC.region(), SPEC.osId(), SPEC.label(),
            Optional.empty(), Optional.empty(), Optional.empty());

    public static final PasswordSeal SEAL = new PasswordSeal(() -> "a secret of the tests");

    public static final Upgrade UPGRADE = new Upgrade(SPEC.plan(), "vcg-a16-2c-16g-4vram", new Usdc(141_600));

    private Rentals() {}

    /** A machine that is up. */
    public static Machine machine() {
        return new Machine("cb676a46-66fd-4dfb-b839-443f2e6c0b60", NOW.plusSeconds(2), true, "192.0.2.123",
                "2001:db8:1000::100", "ok", "Ubuntu 24.04 LTS x64", 2, 8192, 50, SPEC.plan(), Machine.RUNNING);
    }

    /** Brought into that state by the arrows that lead there. */
    public static Instance in(InstanceState state) {
        Instance ordered = ordered(24, NOW).sending(NOW, NOW.plusSeconds(120));
        return switch (state) {
            case PROVISIONING -> ordered;
            case ACTIVE -> ordered.created(machine()).up(machine(), NOW.plusSeconds(90));
            case TERMINATING -> in(InstanceState.ACTIVE).terminating(InstanceState.DESTROYED, "owner_request", NOW);
            case DESTROYED, EXPIRED -> in(InstanceState.ACTIVE).terminating(state, "ended", NOW).absent(NOW, NOW)
                    .closed().unusedTimeGivenBack();
            case FAILED -> ordered.neverCreated("no_capacity", NOW);
        };
    }

    /** One that is up, with something that was wanted of it that far. */
    public static Instance operating(OperationKind kind, OperationPhase phase) {
        Optional<Upgrade> upgrade = kind == OperationKind.RESIZE ? Optional.of(UPGRADE) : Optional.empty();
        Instance asked = in(InstanceState.ACTIVE).operating(Operation.sent(kind, upgrade, NOW.plusSeconds(100)));
        Operation sent = asked.operation().orElseThrow();
        Operation accepted = sent.accepted(Optional.of("job-1"), NOW.plusSeconds(101));
        return switch (phase) {
            case SENT -> asked;
            case DEFERRED -> asked.operated(sent.deferred(NOW.plusSeconds(110)));
            case ACCEPTED -> kind == OperationKind.RESIZE
                    ? asked.resized(accepted, NOW.plusSeconds(101))
                    : asked.operated(accepted);
            case DONE -> operating(kind, OperationPhase.ACCEPTED).operated(accepted.done(), machine(),
                    NOW.plusSeconds(130));
            case FAILED -> asked.operated(sent.failed("provider_refused"));
        };
    }

    /** One that is up and to be extended, with as much of that as it takes for an announcement. */
    public static Instance autoExtending() {
        Instance wanted = in(InstanceState.ACTIVE).published()
                .autoExtendSet(Optional.of(new AutoExtendTerms(24, new Usdc(3_500_000))));
        return wanted.announcing(new Usdc(1_699_200), wanted.expiresAt().minusSeconds(1_800), NOW);
    }

    /** The same, ordered. */
    public static Instance autoExtendOrdered() {
        return autoExtending().autoExtending("4d9b0d3a-1f0f-4f4b-8a5e-0c3b9a1d2e6f", new Usdc(1_699_200));
    }

    /** The same, which then could not be. */
    public static Instance autoExtendFailed() {
        return autoExtending().autoExtendFailed(AutoExtendFailure.CEILING_REACHED, NOW);
    }

    public static Instance ordered(int hours, Instant now) {
        return ordered(SPEC, hours, now);
    }

    /** One that is entered by password. */
    public static Instance keyless(Instant now) {
        return ordered(KEYLESS, 24, now);
    }

    /** A password of that instance. */
    public static SealedPassword sealed(InstanceId instance, String secret) {
        return new PasswordSeal(() -> secret).seal(RootPassword.random(new SecureRandom()), instance);
    }

    private static Instance ordered(MachineSpec spec, int hours, Instant now) {
        PaidSegment segment = PaidSegment.ofHours(UUID.randomUUID().toString(), hours, new Usdc(70_800));
        return Instance.ordered(new InstanceId(UUID.randomUUID()), OWNER, spec, segment, now);
    }
}
