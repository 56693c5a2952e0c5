package io.x402compute.handler;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.x402compute.catalog.Plan;
import io.x402compute.catalog.PlanFamily;
import io.x402compute.catalog.PlanSearch;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.RequestBody;

/** Which plans a query asks for. */
final class PlanQuery {
    private static final Pattern DOLLARS = Pattern.compile("[0-9]{1,6}(?:\\.[0-9]{1,6})?");
    private static final int TEXT = 64;
    private static final int MOST_VRAM_GB = 1_000_000;

    private PlanQuery() {}

    /** @throws ApiException 400 {@code invalid_field} */
    static PlanSearch of(ApiRequest request) {
        RequestBody query = RequestBody.ofQuery(request, "min_vram_gb");
        Optional<String> gpu = query.optionalText("gpu", TEXT);
        Optional<Boolean> needed = gpu.filter(text -> text.equals("true") || text.equals("false"))
                .map(Boolean::valueOf);
        return new PlanSearch(
                request.queryParameter("type").map(PlanQuery::family).orElse(plan -> true),
                query.optionalText("region", TEXT),
                needed,
                needed.isPresent() ? Optional.empty() : gpu,
                query.optionalInteger("min_vram_gb", 1, MOST_VRAM_GB),
                query.optionalText("max_hourly", TEXT).map(PlanQuery::dollars),
                query.optionalText("sort", TEXT).map(PlanQuery::isByPrice).orElse(false));
    }

    private static Predicate<Plan> family(String type) {
        return PlanFamily.plansOfType(type)
                .orElseThrow(() -> ApiException.invalidField("type",
                        "must be vps, vhp, vdc, vcg or a provider's plan type"));
    }

    private static BigDecimal dollars(String text) {
        if (!DOLLARS.matcher(text).matches()) {
            throw ApiException.invalidField("max_hourly", "must be dollars, with six decimals at most");
        }
        return new BigDecimal(text);
    }

    private static boolean isByPrice(String order) {
        return switch (order) {
            case "price" -> true;
            case "id" -> false;
            default -> throw ApiException.invalidField("sort", "must be price or id");
        };
    }
}
