package io.x402compute.handler;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.catalog.Catalogue;
import io.x402compute.catalog.Plan;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;

/** {@code GET /compute/plans}: the plans that can be had right now, all of them or those that are looked for. */
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
        List<Plan> plans = PlanQuery.of(request).among(catalogue.plans());
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("plans");
        plans.forEach(plan -> list.add(PlanJson.of(plan)));
        return CatalogLists.answer(body.put("count", plans.size()));
    }

    @Override
    protected void prime() {
        rehearse(new ListPlans(application().rehearsal()), "GET", "/compute/plans", Map.of(), "");
    }
}
