package io.x402compute.vultr;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A plan for whole machines, which are made through {@code POST /bare-metals} and refused by {@code POST /instances}.
 *
 * @param ramMb megabytes
 * @param diskGb gigabytes per disk
 * @param bandwidthGb gigabytes per month
 * @param diskType {@code SSD} or {@code NVMe}
 * @param locations regions where it is sold, which does not mean that there is stock
 * @param deployOndemand true unless the provider says otherwise
 * @param gpuCount as told
 */
public record VultrBareMetalPlan(
        String id,
        int cpuCores,
        int cpuThreads,
        String cpuModel,
        int ramMb,
        int diskGb,
        int diskCount,
        String diskType,
        int bandwidthGb,
        VultrCost cost,
        Map<String, VultrCost> locationCosts,
        List<String> locations,
        boolean deployOndemand,
        Optional<String> gpuCount,
        OptionalInt gpuVramGb) {

    static VultrBareMetalPlan of(JsonNode json) {
        int cores = Fields.integer(json, "cpu_cores");
        return new VultrBareMetalPlan(
                Fields.text(json, "id"),
                cores > 0 ? cores : Fields.integer(json, "cpu_count"),
                Fields.integer(json, "cpu_threads"),
                Fields.text(json, "cpu_model"),
                Fields.integer(json, "ram"),
                Fields.integer(json, "disk"),
                Fields.integer(json, "disk_count"),
                Fields.text(json, "type"),
                Fields.integer(json, "bandwidth"),
                VultrCost.of(json),
                Fields.locationCosts(json),
                Fields.texts(json, "locations"),
                Fields.trueUnlessFalse(json, "deploy_ondemand"),
                Fields.told(json, "gpu_count"),
                Fields.positive(json, "gpu_vram_gb"));
    }
}
