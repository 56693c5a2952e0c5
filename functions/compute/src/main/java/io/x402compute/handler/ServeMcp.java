package io.x402compute.handler;

import java.util.Map;

import io.x402compute.contract.ApiContract;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.mcp.StreamableHttp;
import io.x402compute.mcp.Tools;

/** {@code /mcp}: routes of this API as tools, for agents that know it by the Model Context Protocol. */
public final class ServeMcp extends Endpoint {
    static final String PATH = "/mcp";

    private final StreamableHttp transport;

    public ServeMcp() {
        this(System.getenv());
    }

    public ServeMcp(Map<String, String> environment) {
        this(new Application(environment));
    }

    ServeMcp(Application application) {
        super(application);
        Tools tools = Tools.of(ApiContract.read());
        transport = new StreamableHttp(tools, ToolEndpoints.of(tools, application), new ToolLog());
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        return transport.answer(request);
    }

    @Override
    protected void prime() {
        rehearse(new ServeMcp(application().rehearsal()), "POST", PATH, Map.of(), RehearsedRequests.PAID_CALL);
    }
}
