package io.x402compute.handler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.catalog.Plan;
import io.x402compute.http.Json;
import io.x402compute.x402.protocol.Usdc;

/** A plan as clients read it. Each of them looks at other names for the price, so there are several. */
final class PlanJson {
    private static final int HOURS_PER_DAY = 24;
    private static final int HOURS_PER_MONTH = 720;

    private PlanJson() {}

    static ObjectNode of(Plan plan) {
        Usdc hourly = plan.lowestHourlyPrice();
        Usdc monthly = hourly.times(HOURS_PER_MONTH);
        ObjectNode json = Json.object().put("id", plan.id()).put("name", plan.name()).put("provider", "vultr")
                .put("type", plan.type()).put("vcpu_count", plan.vcpus()).put("ram", plan.ramMb())
                .put("disk", plan.diskGb())
                .put("disk_count", plan.diskCount()).put("bandwidth", plan.bandwidthGb());
        plan.gpu().ifPresent(gpu -> json.put("gpu_type", gpu.type()).put("gpu_vram_gb", gpu.vramGb()));
        json.put("our_hourly", Dollars.of(hourly)).put("our_daily", Dollars.of(hourly.times(HOURS_PER_DAY)))
                .put("our_monthly", Dollars.of(monthly)).put("monthly_cost", Dollars.of(monthly))
                .put("vultr_monthly", Dollars.plain(plan.monthlyCost()));
        ArrayNode locations = json.putArray("locations");
        plan.regionsInStock().forEach(locations::add);
        ObjectNode prices = json.putObject("location_price");
        plan.regionsSold().forEach(region -> plan.currentHourlyPrice(region)
                .ifPresent(price -> prices.put(region, Dollars.of(price))));
        ObjectNode stock = json.putObject("location_stock");
        plan.regionsSold().forEach(region -> stock.put(region, plan.inStock(region)));
        return json;
    }
}
