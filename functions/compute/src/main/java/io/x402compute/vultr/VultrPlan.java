package io.x402compute.vultr;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A plan for machines made through {@code POST /instances}. Ids are names, not data: nothing is read out of them.
 *
 * @param type {@code vc2}, {@code vcg}, {@code vdm}, …; both of the latter have GPUs
 * @param ramMb megabytes
 * @param diskGb gigabytes per disk
 * @param bandwidthGb gigabytes per month
 * @param locations regions where it is sold, which does not mean that there is stock
 * @param cost where {@code locationCosts} says nothing else
 * @param locationCosts by region
 * @param invoiceType {@code hourly} or {@code monthly}
 * @param deployOndemand whether it can be had at this price at all; true unless the provider says otherwise
 * @param storageType {@code block_storage} plans cannot be created without a disk bought apart
 * @param gpuBrand empty without a GPU
 * @param gpuType such as {@code NVIDIA_A16}; whole-card plans of type {@code vdm} do not say it
 * @param gpuCount as told: {@code 1}, or a fraction such as {@code 1/4}; {@code vdm} plans do not say it
 * @param gpuVramGb gigabytes of the whole plan; {@code vdm} plans do not say it
 */
public record VultrPlan(
        String id,
        String type,
        int vcpus,
        int ramMb,
        int diskGb,
        int diskCount,
        String diskType,
        int bandwidthGb,
        VultrCost cost,
        Map<String, VultrCost> locationCosts,
        String invoiceType,
        List<String> locations,
        String cpuVendor,
        String storageType,
        boolean deployOndemand,
        Optional<String> gpuBrand,
        Optional<String> gpuType,
        Optional<String> gpuCount,
        OptionalInt gpuVramGb) {

    static VultrPlan of(JsonNode json) {
        return new VultrPlan(
                Fields.text(json, "id"),
                Fields.text(json, "type"),
                Fields.integer(json, "vcpu_count"),
                Fields.integer(json, "ram"),
                Fields.integer(json, "disk"),
                Fields.integer(json, "disk_count"),
                Fields.text(json, "disk_type"),
                Fields.integer(json, "bandwidth"),
                VultrCost.of(json),
                Fields.locationCosts(json),
                Fields.text(json, "invoice_type"),
                Fields.texts(json, "locations"),
                Fields.text(json, "cpu_vendor"),
                Fields.text(json, "storage_type"),
                Fields.trueUnlessFalse(json, "deploy_ondemand"),
                // Plans without a GPU say "none".
                Fields.told(json, "gpu_brand").filter(brand -> !brand.equals("none")),
                Fields.told(json, "gpu_type"),
                Fields.told(json, "gpu_count"),
                Fields.positive(json, "gpu_vram_gb"));
    }

    /** The list price in that region, which may be half as much again as elsewhere. */
    public VultrCost cost(String region) {
        return locationCosts.getOrDefault(region, cost);
    }
}
