package io.x402compute.vultr;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;
import io.x402compute.vultr.Answer.Answered;
import io.x402compute.vultr.Answer.Lost;
import io.x402compute.vultr.Answer.NotSent;

/**
 * The provider's API v2. Safe for many threads, which then share one {@link Pace}.
 *
 * <p>A request to create or to change something is sent once and never repeated here. Reads and deletions are repeated once
 * after 429, 5xx and lost answers, within the caller's patience.
 */
public final class VultrClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** {@code vdm} is not documented, has whole-card GPUs, and may be missing from {@code all}. */
    private static final List<String> PLAN_TYPES = List.of("all", "vcg", "vdm");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");
    private static final Pattern UNDER_WAY = Pattern.compile("pending destruction", Pattern.CASE_INSENSITIVE);

    private final Transport transport;
    private final Pages pages;
    private final Duration patience;

    /**
     * @param baseUrl such as {@code https://api.vultr.com/v2}
     * @param apiKey asked for at every request
     */
    public VultrClient(URI baseUrl, Supplier<String> apiKey, Pace pace) {
        this(new Transport(baseUrl, apiKey, pace), PATIENCE);
    }

    private VultrClient(Transport transport, Duration patience) {
        this.transport = transport;
        this.pages = new Pages(transport);
        this.patience = patience;
    }

    /** This client for a caller that has only so much time for each call, all pages and repetitions included. */
    public VultrClient within(Duration limit) {
        return new VultrClient(transport, limit);
    }

    /** Every plan whose machines are made by {@link #createInstance}, each once. */
    public List<VultrPlan> plans() throws VultrException {
        Patience left = transport.patience(patience);
        Map<String, VultrPlan> plans = new LinkedHashMap<>();
        for (String type : PLAN_TYPES) {
            for (VultrPlan plan : plansOfType(type, left)) {
                plans.put(plan.id(), plan);
            }
        }
        return List.copyOf(plans.values());
    }

    public List<VultrBareMetalPlan> bareMetalPlans() throws VultrException {
        return list("/plans-metal", "plans_metal", VultrBareMetalPlan::of);
    }

    public List<VultrRegion> regions() throws VultrException {
        return list("/regions", "regions", VultrRegion::of);
    }

    public List<VultrImage> operatingSystems() throws VultrException {
        return list("/os", "os", VultrImage::of);
    }

    /**
     * Ids of the plans, bare metal included, that this account could have in that region right now; may change any moment. Two
     * calls, which take a second or two each.
     */
    public Set<String> availability(String region) throws VultrException {
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("not a region: " + region);
        }
        Patience left = started();
        Set<String> plans = new HashSet<>(available(region, "", left));
        try {
            plans.addAll(available(region, "?type=vdm", left));
        } catch (VultrException e) {
            requireOnlyRefused(e);
        }
        return Set.copyOf(plans);
    }

    /** Asks once for a machine. */
    public Create createInstance(CreateInstance request) {
        return switch (transport.post("/instances", request.body(), started())) {
            case Answered answered when answered.success() -> created(answered);
            case Answered answered when answered.status() == 429 ->
                new Create.Throttled(answered.retryAfter().orElseThrow());
            case Answered answered when answered.failure().kind() == Failure.Kind.UNAVAILABLE ->
                new Create.Unknown(answered.failure().why());
            case Answered answered -> refused(answered.status(), answered.error());
            case NotSent(Failure failure, Duration _) when failure.kind() == Failure.Kind.CONFIGURATION ->
                refused(401, failure.why());
            case NotSent(Failure _, Duration retryAfter) -> new Create.Throttled(retryAfter);
            case Lost(String why) -> new Create.Unknown(why);
        };
    }

    /** One machine. */
    public Lookup<VultrInstance> instance(String id) {
        return look("/instances/", id, "instance", VultrInstance::of);
    }

    /** One bare-metal machine, which {@link #instance} does not know. */
    public Lookup<VultrBareMetal> bareMetal(String id) {
        return look("/bare-metals/", id, "bare_metal", VultrBareMetal::of);
    }

    /** The machines with exactly that tag, oldest first. */
    public List<VultrInstance> instancesTagged(String tag) throws VultrException {
        return instances("?tag=" + Pages.encode(tag)).stream().filter(instance -> instance.tagged(tag)).toList();
    }

    /** The machines with exactly that label, oldest first. */
    public List<VultrInstance> instancesLabelled(String label) throws VultrException {
        return instances("?label=" + Pages.encode(label)).stream()
                .filter(instance -> instance.label().equals(label))
                .toList();
    }

    /**
     * The machines made under an operation id that was sent as tag and as label, oldest first: the first is the one to keep.
     * Filtering by tag is deprecated, hence the second look. What the filter returns is compared again here, so that a filter
     * that one day is ignored cannot hand us somebody else's machine.
     */
    public List<VultrInstance> findByOperation(String operation) throws VultrException {
        List<VultrInstance> tagged = instancesTagged(operation);
        return tagged.isEmpty() ? instancesLabelled(operation) : tagged;
    }

    /** Every machine of the account, whoever made it, oldest first. */
    public List<VultrInstance> allInstances() throws VultrException {
        return instances("");
    }

    /** Every bare-metal machine of the account, whoever made it. The provider has no filter for them. */
    public List<VultrBareMetal> bareMetals() throws VultrException {
        return list("/bare-metals", "bare_metals", VultrBareMetal::of);
    }

    /** Asks to destroy a machine with its disk. */
    public Delete deleteInstance(String id) {
        return delete("/instances/", id);
    }

    /** Asks to destroy a bare-metal machine with its disks. */
    public Delete deleteBareMetal(String id) {
        return delete("/bare-metals/", id);
    }

    /** Asks once to switch a machine on; one that runs is left running. */
    public Change start(String id) {
        return power(id, "start");
    }

    /** Asks once to switch a machine off, hard. It costs as much as before. */
    public Change halt(String id) {
        return power(id, "halt");
    }

    /** Asks once to restart a machine. */
    public Change reboot(String id) {
        return power(id, "reboot");
    }

    /** Asks once to move a machine to a larger plan. The provider takes upgrades only. */
    public Change resize(String id, String plan) {
        return Changes.of(transport.patch("/instances/" + InstanceIds.checked(id), Json.object().put("plan", plan),
                started()));
    }

    public VultrAccount account() throws VultrException {
        return VultrAccount.of(Read.object(transport.get("/account", started()), "account"));
    }

    private Change power(String id, String verb) {
        return Changes.of(transport.post("/instances/" + InstanceIds.checked(id) + "/" + verb, started()));
    }

    private <T> Lookup<T> look(String folder, String id, String key, Pages.Entry<T> entry) {
        Answer answer = transport.get(folder + InstanceIds.checked(id), started());
        if (isMissing(answer)) {
            return new Lookup.Missing<>();
        }
        try {
            return new Lookup.Found<>(entry.read(Read.object(answer, key)));
        } catch (VultrException e) {
            return new Lookup.Unavailable<>(e.failure());
        }
    }

    private Delete delete(String folder, String id) {
        Answer answer = transport.delete(folder + InstanceIds.checked(id), started());
        if (isMissing(answer)) {
            return new Delete.Gone();
        }
        return switch (answer) {
            case Answered answered when answered.success() -> new Delete.Accepted();
            case Answered answered when UNDER_WAY.matcher(answered.error()).find() -> new Delete.Accepted();
            case Answered answered when answered.notYet() -> new Delete.Busy(answered.error());
            case Answered answered -> new Delete.Failed(answered.failure());
            case NotSent(Failure failure, Duration _) -> new Delete.Failed(failure);
            case Lost(String why) -> new Delete.Failed(Failure.unavailable(why));
        };
    }

    private List<VultrPlan> plansOfType(String type, Patience left) throws VultrException {
        try {
            return pages.all("/plans?type=" + type, "plans", VultrPlan::of, left);
        } catch (VultrException e) {
            if (type.equals("all")) {
                throw e;
            }
            requireOnlyRefused(e);
            return List.of();
        }
    }

    /** The plan types beside "all" are partly undocumented: one that is withdrawn must not take the others with it. */
    private static void requireOnlyRefused(VultrException e) throws VultrException {
        if (e.failure().kind() != Failure.Kind.REFUSED) {
            throw e;
        }
    }

    private List<String> available(String region, String query, Patience left) throws VultrException {
        JsonNode answer = Read.json(transport.get("/regions/" + region + "/availability" + query, left));
        if (!answer.path("available_plans").isArray()) {
            throw new VultrException(Failure.unavailable("an availability without plans"));
        }
        return Fields.texts(answer, "available_plans");
    }

    private List<VultrInstance> instances(String query) throws VultrException {
        List<VultrInstance> instances = new ArrayList<>(list("/instances" + query, "instances", VultrInstance::of));
        instances.sort(VultrInstance.OLDEST_FIRST);
        return instances;
    }

    private <T> List<T> list(String path, String key, Pages.Entry<T> entry) throws VultrException {
        return pages.all(path, key, entry, started());
    }

    private Patience started() {
        return transport.patience(patience);
    }

    private static Create created(Answered answered) {
        try {
            return new Create.Created(VultrInstance.of(Read.object(answered, "instance")));
        } catch (VultrException e) {
            return new Create.Unknown(e.failure().why());
        }
    }

    private static Create refused(int status, String text) {
        return new Create.Refused(status, Refusal.of(status, text), text);
    }

    private static boolean isMissing(Answer answer) {
        return answer instanceof Answered answered && answered.missing();
    }
}
