package io.x402compute.handler;

import java.util.Map;

import io.x402compute.contract.ApiContract;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;

/** {@code GET /openapi.json}: every route, what it takes and what it answers, for programs. */
public final class GetOpenApi extends Endpoint {
    private static final String PATH = "/openapi.json";

    private final ApiContract contract = ApiContract.read();

    public GetOpenApi() {
        this(System.getenv());
    }

    public GetOpenApi(Map<String, String> environment) {
        this(new Application(environment));
    }

    GetOpenApi(Application application) {
        super(application);
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        return Documents.answer(ApiResponse.ok(contract.document(request.baseUrl())));
    }

    @Override
    protected void prime() {
        rehearse(new GetOpenApi(application().rehearsal()), "GET", PATH, Map.of(), "");
    }
}
