package io.x402compute.handler;

import java.util.Map;
import java.util.Optional;

import io.x402compute.facilitation.PaymentVerifier;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.FacilitatorRequest;
import io.x402compute.x402.protocol.FacilitatorRequest.Reading;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;

/** {@code POST /verify}: would this payment settle? For sellers who have us settle. */
public final class VerifyPayment extends FacilitatorEndpoint {
    static final String PATH = "/verify";

    private final PaymentVerifier verifier;

    public VerifyPayment() {
        this(System.getenv());
    }

    public VerifyPayment(Map<String, String> environment) {
        this(new Application(environment));
    }

    VerifyPayment(Application application) {
        super(application, "verifications");
        verifier = new FacilitationServices(application).paymentVerifier();
    }

    @Override
    ApiResponse serve(ApiRequest request) {
        return switch (FacilitatorRequest.read(request.body())) {
            case Reading.Malformed(String reason) -> throw malformed(reason);
            case Reading.Unsettleable(String reason, int version, Optional<Network> network) ->
                FacilitatorJson.of(new Verification.Rejected(reason, ""), Optional.empty());
            case Reading.Read(FacilitatorRequest(Payment payment)) -> FacilitatorJson.of(verifier.verify(payment),
                    Optional.of(payment.payer()));
        };
    }

    @Override
    protected void prime() {
        rehearse(new VerifyPayment(application().rehearsal()), "POST", PATH, Map.of(), RehearsedRequests.FACILITATED);
    }
}
