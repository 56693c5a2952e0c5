package io.x402compute.handler;

import java.util.Map;

import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;

/** {@code GET /.well-known/refund-policy.json}: what is given back, why and how, for anybody who wants to know before he pays. */
public final class GetRefundPolicy extends Endpoint {
    static final String PATH = "/.well-known/refund-policy.json";

    private final boolean onchain;

    public GetRefundPolicy() {
        this(System.getenv());
    }

    public GetRefundPolicy(Map<String, String> environment) {
        this(new Application(environment));
    }

    GetRefundPolicy(Application application) {
        super(application);
        onchain = application.settings().refundSecret().isPresent();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        return ApiResponse.ok(RefundPolicyJson.of(onchain)).withHeader("Cache-Control", "public, max-age=3600");
    }

    @Override
    protected void prime() {
        rehearse(new GetRefundPolicy(application().rehearsal()), "GET", PATH, Map.of(), "");
    }
}
