package io.x402compute.instance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.vultr.Change;
import io.x402compute.vultr.Create;
import io.x402compute.vultr.CreateInstance;
import io.x402compute.vultr.Delete;
import io.x402compute.vultr.Failure;
import io.x402compute.vultr.Lookup;
import io.x402compute.vultr.Refusal;
import io.x402compute.vultr.VultrClient;
import io.x402compute.vultr.VultrException;
import io.x402compute.vultr.VultrInstance;

/** Machines from Vultr: each carries its operation id as tag and label, and this deployment's tag. */
public final class VultrMachines implements MachineProvider {
    /** Of the time left, kept for writing down what the provider said. */
    private static final Duration TO_WRITE = Duration.ofSeconds(2);
    private static final Duration QUICK = Duration.ofSeconds(8);
    /** A machine is locked for seconds. */
    private static final Duration WHILE_BUSY = Duration.ofSeconds(10);

    private final VultrClient vultr;
    private final String deploymentTag;
    private final Clock clock;

    /**
     * @param deployment what tells this deployment's machines from any other's in the same account; made with its tables
     */
    public VultrMachines(VultrClient vultr, String deployment, Clock clock) {
        this.vultr = vultr;
        this.deploymentTag = tag(deployment);
        this.clock = clock;
    }

    /** What every machine of a deployment carries. */
    public static String tag(String deployment) {
        return "x402compute:" + deployment;
    }

    @Override
    public Creation create(String operationId, MachineSpec spec, RootAccess access, Instant deadline) {
        CreateInstance request = new CreateInstance(spec.region(), spec.plan(), spec.osId(), operationId,
                List.of(deploymentTag, operationId), spec.hostname().orElse(""),
                CloudInit.userData(access, spec.userData().orElse("")));
        return switch (vultr.within(patience(deadline)).createInstance(request)) {
            case Create.Created(VultrInstance instance) -> new Creation.Created(machine(instance));
            case Create.Refused(int status, Refusal kind, String text) -> new Creation.Refused(reason(kind), text);
            case Create.Throttled(Duration retryAfter) -> new Creation.Deferred(retryAfter);
            case Create.Unknown(String why) -> new Creation.Unknown(why);
        };
    }

    @Override
    public Search find(String operationId) {
        try {
            return new Search.Found(
                    vultr.within(QUICK).findByOperation(operationId).stream().map(this::machine).toList());
        } catch (VultrException e) {
            return new Search.Unavailable(e.failure().why());
        }
    }

    @Override
    public Sighting look(String providerId) {
        return switch (vultr.within(QUICK).instance(providerId)) {
            case Lookup.Found<VultrInstance>(VultrInstance instance) -> new Sighting.Present(machine(instance));
            case Lookup.Missing<VultrInstance>() -> new Sighting.Absent();
            case Lookup.Unavailable<VultrInstance>(Failure failure) -> new Sighting.Unavailable(failure.why());
        };
    }

    @Override
    public Execution execute(String providerId, Operation operation, Instant deadline) {
        VultrClient patient = vultr.within(patience(deadline));
        return switch (switch (operation.kind()) {
            case START -> patient.start(providerId);
            case STOP -> patient.halt(providerId);
            case REBOOT -> patient.reboot(providerId);
            case RESIZE -> patient.resize(providerId, operation.upgrade().orElseThrow().to());
        }) {
            case Change.Accepted(Optional<String> job) -> new Execution.Accepted(job);
            case Change.Refused(int status, Refusal kind, String text) -> new Execution.Refused(
                    kind == Refusal.PLAN ? "plan_refused" : reason(kind).code(), text);
            case Change.Gone() -> new Execution.Refused("machine_missing", "instance not found");
            case Change.Busy(String why) -> new Execution.Deferred(WHILE_BUSY);
            case Change.Throttled(Duration retryAfter) -> new Execution.Deferred(retryAfter);
            case Change.Unknown(String why) -> new Execution.Unknown(why);
        };
    }

    @Override
    public Deletion delete(String providerId) {
        return deletion(vultr.within(QUICK).deleteInstance(providerId));
    }

    /** What an answer to a deletion comes to, of either kind of machine: one that is gone already is as good as accepted. */
    static Deletion deletion(Delete answer) {
        return switch (answer) {
            case Delete.Accepted(),Delete.Gone() -> new Deletion.Accepted();
            case Delete.Busy(String why) -> new Deletion.Busy(why);
            case Delete.Failed(Failure failure) -> new Deletion.Unavailable(failure.why());
        };
    }

    private Duration patience(Instant deadline) {
        return Duration.between(clock.instant(), deadline).minus(TO_WRITE);
    }

    private static FailureReason reason(Refusal kind) {
        return switch (kind) {
            case NO_STOCK -> FailureReason.NO_CAPACITY;
            case CONFIGURATION -> FailureReason.PROVIDER_UNAUTHORIZED;
            case PLAN, ACCOUNT_LIMIT, FUNDS, OTHER -> FailureReason.PROVIDER_REFUSED;
        };
    }

    private Machine machine(VultrInstance instance) {
        return new Machine(instance.id(), instance.created().orElseGet(clock::instant), instance.ready(),
                instance.address().orElse(Machine.NO_ADDRESS), instance.v6MainIp(), instance.serverStatus(),
                instance.os(),
                instance.vcpuCount(), instance.ramMb(), instance.diskGb(), instance.plan(), instance.powerStatus());
    }
}
