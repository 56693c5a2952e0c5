package io.x402compute.handler;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.access.Authenticator;
import io.x402compute.access.CallKind;
import io.x402compute.access.RateLimit;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.RequestBody;
import io.x402compute.order.Purchases;
import io.x402compute.x402.protocol.Wallet;

/**
 * {@code GET /compute/quote}: what a machine would cost, for anybody, or more time for one of the caller's machines. Takes the
 * fields of the request to buy as its query, and refuses what that would refuse.
 */
public final class QuotePrice extends Endpoint {
    private static final String INSTANCE = "instance_id";
    private static final String PLAN = "plan";
    private static final String PREPAID = "prepaid_hours";
    private static final String EXTEND = "extend_hours";

    private final Authenticator authenticator;
    private final RateLimit limit;
    private final Purchases purchases;

    public QuotePrice() {
        this(System.getenv());
    }

    public QuotePrice(Map<String, String> environment) {
        this(new Application(environment));
    }

    QuotePrice(Application application) {
        super(application);
        authenticator = new AccessServices(application).authenticator();
        limit = new AccessServices(application).rateLimit(CallKind.READS);
        purchases = new PaymentServices(application).purchases();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        RequestBody query = RequestBody.ofQuery(request, PREPAID, EXTEND, "os_id");
        Optional<String> instance = request.queryParameter(INSTANCE);
        if (instance.isEmpty()) {
            return limit.serve(authenticator.authenticate(request), () -> ApiResponse.ok(machine(query)));
        }
        Wallet owner = authenticator.require(request);
        return limit.serve(owner, () -> ApiResponse.ok(moreTime(instance.get(), query, owner)));
    }

    private ObjectNode machine(RequestBody query) {
        if (query.has(EXTEND)) {
            throw ApiException.badRequest("missing_field", INSTANCE + " is required: which machine is to be extended");
        }
        // What is sold out, or not sold there at all, has been refused when this returns.
        ObjectNode json = QuoteJson.of(purchases.quote(query), PREPAID);
        return json.put(PLAN, query.text(PLAN, 64)).put("region", query.text("region", 16)).put("in_stock", true);
    }

    private ObjectNode moreTime(String id, RequestBody query, Wallet owner) {
        if (query.has(PLAN) || query.has(PREPAID)) {
            throw ApiException.invalidField(INSTANCE, "is for more time, which has no " + PLAN + " and no " + PREPAID);
        }
        return QuoteJson.of(purchases.quoteExtension(id, query, owner), EXTEND).put(INSTANCE, id);
    }

    @Override
    protected void prime() {
        rehearse(new QuotePrice(application().rehearsal()), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED,
                "");
    }
}
