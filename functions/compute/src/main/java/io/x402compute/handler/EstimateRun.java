package io.x402compute.handler;

import java.util.Map;

import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.inference.RunRequest;
import io.x402compute.order.RunPrices;

/** {@code GET /catalog/estimate}: what a run would be asked for, for anybody; nothing is written. */
public final class EstimateRun extends Endpoint {
    private final InferenceServices inference;
    private final EstimateQuery query;
    private final RunPrices prices;

    public EstimateRun() {
        this(System.getenv());
    }

    public EstimateRun(Map<String, String> environment) {
        this(new Application(environment));
    }

    EstimateRun(Application application) {
        super(application);
        inference = new InferenceServices(application);
        query = new EstimateQuery(inference.requests());
        prices = new RunPrices(inference.estimates(), new PaymentServices(application).amountMarks(),
                application.clock());
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        RunRequest wanted = query.read(request);
        return ApiResponse.ok(EstimateJson.of(inference.services().of(wanted),
                prices.asked(wanted, inference.estimates().quote(wanted)),
                inference.estimates().isServed(inference.services().of(wanted))));
    }

    @Override
    protected void prime() {
        EstimateRun twin = new EstimateRun(application().rehearsal());
        rehearse(twin, "GET", "/catalog/estimate", Map.of(), "");
        twin.handle(new ApiRequest("GET", "/catalog/estimate", Map.of(), Map.of("service", "llm-4090"), "", Map.of(),
                new byte[0], "rehearsal", "", RehearsedRequests.CLOCK.instant()));
    }
}
