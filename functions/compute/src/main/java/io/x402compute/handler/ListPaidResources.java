package io.x402compute.handler;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.x402compute.contract.ApiContract;
import io.x402compute.contract.Route;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.x402.protocol.PaymentRequirements;

/** {@code GET /.well-known/x402}: the routes that sell something here, and how they are paid, for catalogues. */
public final class ListPaidResources extends Endpoint {
    private static final String PATH = "/.well-known/x402";

    private final List<Route> sold;
    private final List<PaymentRequirements> offers;
    private final Set<Integer> versions;

    public ListPaidResources() {
        this(System.getenv());
    }

    public ListPaidResources(Map<String, String> environment) {
        this(new Application(environment));
    }

    ListPaidResources(Application application) {
        super(application);
        boolean runs = !application.settings().inference().upstreams().isEmpty();
        sold = ApiContract.read().routes().stream().filter(Route::isPaid)
                .filter(route -> runs || !RunInference.PATHS.contains(route.path())).toList();
        offers = PaymentRail.terms(application.settings()).offers();
        versions = application.settings().x402Versions();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        return Documents.answer(ApiResponse.ok(PaidResourcesJson.of(sold, offers, versions, request.baseUrl())));
    }

    @Override
    protected void prime() {
        rehearse(new ListPaidResources(application().rehearsal()), "GET", PATH, Map.of(), "");
    }
}
