package io.x402compute.handler;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.catalog.Catalogue;
import io.x402compute.catalog.Region;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;

/** {@code GET /compute/regions}: where machines run. */
public final class ListRegions extends Endpoint {
    private final Catalogue catalogue;

    public ListRegions() {
        this(System.getenv());
    }

    public ListRegions(Map<String, String> environment) {
        this(new Application(environment));
    }

    ListRegions(Application application) {
        super(application);
        this.catalogue = application.catalogue();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        List<Region> regions = catalogue.regions();
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("regions");
        for (Region region : regions) {
            list.addObject().put("id", region.id()).put("city", region.city()).put("country", region.country())
                    .put("continent", region.continent());
        }
        return CatalogLists.answer(body.put("count", regions.size()));
    }

    @Override
    protected void prime() {
        rehearse(new ListRegions(application().rehearsal()), "GET", "/compute/regions", Map.of(), "");
    }
}
