package io.x402compute.handler;

import io.x402compute.access.StrangerLimit;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;

/** A route of the facilitator, which serves strangers: there only where the operator wants it, and within limits. */
abstract class FacilitatorEndpoint extends Endpoint {
    /** Much more than any payment has, and little enough to be kept. */
    private static final int MAX_BODY_BYTES = 16 * 1024;

    private final boolean isOn;
    private final StrangerLimit limit;

    /** @param kind of the calls, as it stands in headers */
    FacilitatorEndpoint(Application application, String kind) {
        super(application);
        this.isOn = application.settings().service().isOn();
        this.limit = new FacilitationServices(application).strangerLimit(kind);
    }

    abstract ApiResponse serve(ApiRequest request);

    @Override
    protected final ApiResponse handle(ApiRequest request) {
        if (!isOn) {
            throw ApiException.notFound(request.path());
        }
        if (request.body().length > MAX_BODY_BYTES) {
            throw new ApiException(413, "body_too_large", "The body is longer than " + MAX_BODY_BYTES + " bytes");
        }
        return limit.serve(request.source(), () -> serve(request));
    }

    /** @param reason a protocol reason */
    static ApiException malformed(String reason) {
        return ApiException.badRequest(reason,
                "The body is not {x402Version, paymentPayload, paymentRequirements} of version 1 or 2");
    }
}
