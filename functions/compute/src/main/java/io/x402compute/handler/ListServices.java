package io.x402compute.handler;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.inference.Category;
import io.x402compute.inference.Service;

/** {@code GET /catalog}: every service, what it takes and costs, and whether it can be had here. */
public final class ListServices extends Endpoint {
    private final InferenceServices inference;
    private final ServiceJson json;

    public ListServices() {
        this(System.getenv());
    }

    public ListServices(Map<String, String> environment) {
        this(new Application(environment));
    }

    ListServices(Application application) {
        super(application);
        inference = new InferenceServices(application);
        json = new ServiceJson(inference);
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        Optional<Category> category = request.queryParameter("category").map(ListServices::category);
        List<Service> services = inference.services().all().stream()
                .filter(service -> category.isEmpty() || category.get() == service.category()).toList();
        ObjectNode body = Json.object()
                .put("active_endpoints", services.stream().filter(inference.estimates()::isServed).count());
        ArrayNode list = body.putArray("services");
        services.forEach(service -> list.add(json.of(service)));
        return CatalogLists.answer(body.put("count", services.size()));
    }

    private static Category category(String name) {
        return Stream.of(Category.values()).filter(category -> ServiceJson.name(category).equals(name)).findFirst()
                .orElseThrow(() -> ApiException.invalidField("category", "must be one of "
                        + String.join(", ", Stream.of(Category.values()).map(ServiceJson::name).toList())));
    }

    @Override
    protected void prime() {
        rehearse(new ListServices(application().rehearsal()), "GET", "/catalog", Map.of(), "");
    }
}
