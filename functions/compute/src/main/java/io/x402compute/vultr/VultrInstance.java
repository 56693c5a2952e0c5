package io.x402compute.vultr;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A machine as the provider shows it. Its first password and its console address are secrets and are never read.
 *
 * <p>The three states are text, so that a value nobody has seen yet means "not ready" and breaks nothing.
 *
 * @param id a UUID; letters, digits and hyphens
 * @param mainIp {@code 0.0.0.0} or empty until there is one; see {@link #address}
 * @param status {@code pending}, {@code active}, {@code suspended}, {@code resizing}, …
 * @param powerStatus {@code running}, {@code stopped}, …
 * @param serverStatus {@code none}, {@code locked}, {@code installingbooting}, {@code ok}, …
 * @param os the installed image's name
 * @param vcpuCount 0 until known
 * @param ramMb 0 until known
 * @param diskGb 0 until known
 * @param created when, if the provider said so readably
 */
public record VultrInstance(
        String id,
        String plan,
        String region,
        long osId,
        String label,
        List<String> tags,
        String hostname,
        String mainIp,
        String v6MainIp,
        String status,
        String powerStatus,
        String serverStatus,
        String os,
        int vcpuCount,
        int ramMb,
        int diskGb,
        Optional<Instant> created) {

    /** Oldest first, and the same order for everybody who asks: the first of several with one operation is the one to keep. */
    public static final Comparator<VultrInstance> OLDEST_FIRST = Comparator
            .comparing((VultrInstance instance) -> instance.created().orElse(Instant.MAX))
            .thenComparing(VultrInstance::id);

    static VultrInstance of(JsonNode json) throws VultrException {
        String id = Fields.text(json, "id");
        if (!InstanceIds.valid(id)) {
            throw new VultrException(Failure.unavailable("an instance without a readable id"));
        }
        return new VultrInstance(
                id,
                Fields.text(json, "plan"),
                Fields.text(json, "region"),
                Fields.number(json, "os_id"),
                Fields.text(json, "label"),
                Fields.texts(json, "tags"),
                Fields.text(json, "hostname"),
                Fields.text(json, "main_ip"),
                Fields.text(json, "v6_main_ip"),
                Fields.text(json, "status"),
                Fields.text(json, "power_status"),
                Fields.text(json, "server_status"),
                Fields.text(json, "os"),
                Fields.integer(json, "vcpu_count"),
                Fields.integer(json, "ram"),
                Fields.integer(json, "disk"),
                Fields.instant(json, "date_created"));
    }

    /** The public IPv4 address, once there is one. */
    public Optional<String> address() {
        return mainIp.isEmpty() || mainIp.equals("0.0.0.0") ? Optional.empty() : Optional.of(mainIp);
    }

    /**
     * Installed and booting, as far as the API can tell. {@code status} alone says so too early: cloud-init still runs while
     * {@code server_status} is {@code installingbooting}.
     */
    public boolean ready() {
        return status.equals("active") && powerStatus.equals("running") && serverStatus.equals("ok")
                && address().isPresent();
    }

    /** Compared as the provider's own filter does: the whole tag, upper and lower case alike. */
    public boolean tagged(String tag) {
        return tags.stream().anyMatch(tag::equalsIgnoreCase);
    }
}
