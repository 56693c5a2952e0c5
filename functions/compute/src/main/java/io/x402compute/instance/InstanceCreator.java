package io.x402compute.instance;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

import io.x402compute.instance.MachineProvider.Creation;
import io.x402compute.instance.MachineProvider.Search;
import io.x402compute.instance.MachineProvider.Sighting;

/**
 * Brings a paid machine up: orders it at the provider exactly once per operation, finds it again when the answer was lost, and
 * watches it boot. The provider has no idempotency of its own, so an order whose outcome is unknown is only sent again after
 * a search window in which a machine would have shown itself.
 */
public final class InstanceCreator {
    /** No create is started with less time than this left: its answer would be lost for certain. */
    static final Duration TIME_TO_CREATE = Duration.ofSeconds(10);
    /** Longer than any function runs, so that nobody orders while an order may still be under way. */
    static final Duration LEASE = Duration.ofMinutes(2);
    /** Lists lag behind creation; after this a machine that exists is listed. */
    static final Duration SEARCH_WINDOW = Duration.ofMinutes(1);
    /** A machine that is not up by then will not be. */
    public static final Duration BOOT_DEADLINE = Duration.ofMinutes(20);
    private static final int ATTEMPTS = 5;

    private final InstanceStore store;
    private final MachineProvider provider;
    private final PasswordSeal seal;
    private final Clock clock;

    /** @param seal for the passwords of machines that take no key */
    public InstanceCreator(InstanceStore store, MachineProvider provider, PasswordSeal seal, Clock clock) {
        this.store = store;
        this.provider = provider;
        this.seal = seal;
        this.clock = clock;
    }

    /** Records a machine that was just paid for and, if time allows, orders it. Records it once, however often it is called. */
    public Instance order(Instance fresh, Instant deadline) {
        Instant now = clock.instant();
        if (now.plus(TIME_TO_CREATE).isAfter(deadline)) {
            store.insert(fresh);
            return current(fresh.id());
        }
        Instance sending = sending(fresh, now);
        return store.insert(sending) ? create(sending, deadline) : bringUp(current(fresh.id()), deadline);
    }

    /** Takes a machine as far towards {@link InstanceState#ACTIVE} as it goes before the deadline. */
    public Instance bringUp(Instance instance, Instant deadline) {
        if (instance.state() != InstanceState.PROVISIONING) {
            return instance;
        }
        if (instance.machine().isPresent()) {
            return watch(instance, instance.machine().get());
        }
        Instant now = clock.instant();
        if (now.isBefore(instance.creation().leaseUntil())) {
            return instance;
        }
        return instance.creation().sentAt().isEmpty() ? send(instance, deadline) : search(instance, deadline);
    }

    private Instance send(Instance instance, Instant deadline) {
        Instant now = clock.instant();
        if (now.plus(TIME_TO_CREATE).isAfter(deadline)) {
            return instance;
        }
        Instance sending = sending(instance, now);
        return store.save(sending) ? create(sending, deadline) : current(instance.id());
    }

    /** Whatever becomes of the order, the password of the machine it may make is known here. */
    private Instance sending(Instance instance, Instant now) {
        Instant leaseUntil = now.plus(LEASE);
        return instance.lacksPassword()
                ? instance.sending(now, leaseUntil, seal.seal(RootPassword.random(new SecureRandom()), instance.id()))
                : instance.sending(now, leaseUntil);
    }

    private Instance create(Instance sending, Instant deadline) {
        return switch (provider.create(sending.operationId(), sending.spec(), access(sending), deadline)) {
            case Creation.Created(Machine machine) -> record(sending, latest -> latest.created(machine));
            case Creation.Refused(FailureReason reason, String text) -> record(sending,
                    latest -> latest.state() == InstanceState.PROVISIONING
                            ? latest.neverCreated(reason.code(), clock.instant())
                            : latest.deferred());
            case Creation.Deferred(Duration retryAfter) -> record(sending, Instance::deferred);
            case Creation.Unknown(String why) -> record(sending, Instance::unanswered);
        };
    }

    private RootAccess access(Instance sending) {
        return sending.password().sealed()
                .<RootAccess>map(sealed -> new RootAccess.ByPassword(
                        seal.open(sealed, sending.id()).hash(new SecureRandom())))
                .orElseGet(() -> new RootAccess.ByKey(
                        sending.spec().sshPublicKey().flatMap(SshPublicKey::of).orElseThrow()));
    }

    private Instance search(Instance instance, Instant deadline) {
        Instant sentAt = instance.creation().sentAt().orElseThrow();
        return switch (provider.find(instance.operationId())) {
            case Search.Unavailable(String why) -> instance;
            case Search.Found(List<Machine> machines) when !machines.isEmpty() -> {
                // The younger ones should not exist; whatever this misses, the reconciler finds by the deployment's tag.
                machines.stream().skip(1).forEach(extra -> provider.delete(extra.providerId()));
                yield record(instance, latest -> latest.created(machines.getFirst()));
            }
            case Search.Found(List<Machine> none) -> clock.instant().isBefore(sentAt.plus(SEARCH_WINDOW))
                    ? instance
                    : send(instance, deadline);
        };
    }

    private Instance watch(Instance instance, Machine known) {
        Instant now = clock.instant();
        boolean tooLate = now.isAfter(known.createdAt().plus(BOOT_DEADLINE));
        return switch (provider.look(known.providerId())) {
            case Sighting.Present(Machine seen) when seen.ready() -> record(instance,
                    latest -> latest.state() == InstanceState.PROVISIONING ? latest.up(seen, now) : latest);
            case Sighting.Present(Machine booting) ->
                tooLate ? giveUp(instance, FailureReason.BOOT_TIMEOUT, now) : instance;
            case Sighting.Absent() -> tooLate ? giveUp(instance, FailureReason.MACHINE_VANISHED, now) : instance;
            case Sighting.Unavailable(String why) -> instance;
        };
    }

    private Instance giveUp(Instance instance, FailureReason reason, Instant now) {
        Instance failing = instance.terminating(InstanceState.FAILED, reason.code(), now);
        return store.save(failing) ? failing : current(instance.id());
    }

    /**
     * Writes down what the provider said. Its answer must not be lost because the owner asked for the end meanwhile, so the
     * change is made to whatever the row says now.
     */
    private Instance record(Instance instance, UnaryOperator<Instance> change) {
        Instance latest = instance;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Instance next = latest.state().isFinal() ? latest : change.apply(latest);
            boolean unchanged = next.version() == latest.version();
            if (unchanged || store.save(next)) {
                return next;
            }
            latest = current(instance.id());
        }
        return latest;
    }

    private Instance current(InstanceId id) {
        return store.find(id).orElseThrow();
    }
}
