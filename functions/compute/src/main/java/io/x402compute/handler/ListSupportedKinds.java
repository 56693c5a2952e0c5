package io.x402compute.handler;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.x402.evm.EvmWallet;

/** {@code GET /supported}: what our facilitator settles, and with which accounts. */
public final class ListSupportedKinds extends FacilitatorEndpoint {
    static final String PATH = "/supported";

    private final Settings settings;
    private final Supplier<Optional<EvmWallet>> settler;

    public ListSupportedKinds() {
        this(System.getenv());
    }

    public ListSupportedKinds(Map<String, String> environment) {
        this(new Application(environment));
    }

    ListSupportedKinds(Application application) {
        super(application, "lists");
        settings = application.settings();
        settler = new PaymentServices(application).settlingWallet();
    }

    @Override
    ApiResponse serve(ApiRequest request) {
        EvmWallet wallet = settler.get().orElseThrow(() -> new ApiException(503, "facilitator_unavailable",
                "The account that settles cannot be read"));
        return ApiResponse.ok(FacilitatorJson.supported(settings, wallet.address()));
    }

    @Override
    protected void prime() {
        rehearse(new ListSupportedKinds(application().rehearsal()), "GET", PATH, Map.of(), "");
    }
}
