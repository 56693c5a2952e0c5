package io.x402compute.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What there is to be had. */
public final class CatalogueText {
    private static final int MB_PER_GB = 1024;

    private CatalogueText() {}

    public static String plans(ObjectNode answer) {
        Table table = new Table("plan", "gpu", ">vram", ">vcpu", ">ram", ">disk", ">usdc/h", ">usdc/day", "regions");
        answer.path("plans").forEach(plan -> table.row(Field.text(plan, "id"), Field.text(plan, "gpu_type"),
                Field.optional(plan, "gpu_vram_gb").map(gb -> gb + " GB").orElse("-"), Field.text(plan, "vcpu_count"),
                ram(plan), Field.text(plan, "disk") + " GB", Field.dollars(plan, "our_hourly").orElse("-"),
                Field.dollars(plan, "our_daily").orElse("-"), Field.list(plan, "locations")));
        return table.or("No plan is like that now.");
    }

    public static String regions(ObjectNode answer) {
        Table table = new Table("region", "city", "country", "continent");
        answer.path("regions").forEach(region -> table.row(Field.text(region, "id"), Field.text(region, "city"),
                Field.text(region, "country"), Field.text(region, "continent")));
        return table.or("There are no regions.");
    }

    public static String images(ObjectNode answer) {
        Table table = new Table(">os", "name", "family", "arch");
        answer.path("os").forEach(image -> table.row(Field.text(image, "id"), Field.text(image, "name"),
                Field.text(image, "family"), Field.text(image, "arch")));
        return table.or("There are no images.");
    }

    /** For a machine, or for more time. */
    public static String quote(ObjectNode quote) {
        return new Facts().put("price", Field.dollars(quote, "payment_amount").orElse("-") + " USDC")
                .put("hours", Field.optional(quote, "prepaid_hours").or(() -> Field.optional(quote, "extend_hours")))
                .put("an hour", Field.dollars(quote, "hourly_price").map("%s USDC"::formatted))
                .put("paid on", Field.list(quote, "networks"))
                .put("holds until", Field.time(quote, "valid_until")).toString();
    }

    private static String ram(JsonNode plan) {
        int mb = plan.path("ram").asInt();
        return mb % MB_PER_GB == 0 ? mb / MB_PER_GB + " GB" : mb + " MB";
    }
}
