package io.x402compute.handler;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.catalog.Catalogue;
import io.x402compute.catalog.Plan;
import io.x402compute.catalog.PlanFamily;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;

/** {@code GET /compute/plans}: every plan that can be had somewhere right now, or those of one type. */
public final class ListPlans extends Endpoint {
    private final Catalogue catalogue;

    public ListPlans() {
        this(System.getenv());
    }

    public ListPlans(Map<String, String> environment) {
        this(new Application(environment));
    }

    ListPlans(Application application) {
        super(application);
        this.catalogue = application.catalogue();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        Predicate<Plan> wanted = request.queryParameter("type").map(ListPlans::plansOfType).orElse(plan -> true);
        List<Plan> plans = catalogue.plans().stream().filter(wanted).filter(plan -> !plan.regionsInStock().isEmpty())
                .toList();
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("plans");
        plans.forEach(plan -> list.add(PlanJson.of(plan)));
        return CatalogLists.answer(body.put("count", plans.size()));
    }

    private static Predicate<Plan> plansOfType(String type) {
        return PlanFamily.plansOfType(type)
                .orElseThrow(() -> ApiException.invalidField("type",
                        "must be vps, vhp, vdc, vcg or a provider's plan type"));
    }

    @Override
    protected void prime() {
        rehearse(new ListPlans(application().rehearsal()), "GET", "/compute/plans", Map.of(), "");
    }
}
