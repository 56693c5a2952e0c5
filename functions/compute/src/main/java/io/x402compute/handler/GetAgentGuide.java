package io.x402compute.handler;

import java.util.Map;

import io.x402compute.contract.AgentGuide;
import io.x402compute.contract.ApiContract;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;

/** {@code GET /llms.txt}: how to buy here, for agents that read. */
public final class GetAgentGuide extends Endpoint {
    private final AgentGuide guide = new AgentGuide(ApiContract.read());

    public GetAgentGuide() {
        this(System.getenv());
    }

    public GetAgentGuide(Map<String, String> environment) {
        this(new Application(environment));
    }

    GetAgentGuide(Application application) {
        super(application);
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        return Documents.answer(ApiResponse.text(guide.text(request.baseUrl())));
    }

    @Override
    protected void prime() {
        rehearse(new GetAgentGuide(application().rehearsal()), "GET", AgentGuide.PATH, Map.of(), "");
    }
}
