package io.x402compute.handler;

import java.util.Map;
import java.util.Optional;

import io.x402compute.facilitation.Call;
import io.x402compute.facilitation.FacilitatorService;
import io.x402compute.facilitation.SettleOutcome;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.x402.protocol.FacilitatorRequest;
import io.x402compute.x402.protocol.FacilitatorRequest.Reading;
import io.x402compute.x402.protocol.Network;

/** {@code POST /settle}: moves the money of a payment to its receiver. For sellers who have us settle. */
public final class SettlePayment extends FacilitatorEndpoint {
    static final String PATH = "/settle";

    private final FacilitatorService facilitator;
    private final SettlementLog log;

    public SettlePayment() {
        this(System.getenv());
    }

    public SettlePayment(Map<String, String> environment) {
        this(new Application(environment));
    }

    SettlePayment(Application application) {
        super(application, "settlements");
        facilitator = new FacilitationServices(application).facilitatorService();
        log = new SettlementLog(application.clock());
    }

    @Override
    ApiResponse serve(ApiRequest request) {
        return switch (FacilitatorRequest.read(request.body())) {
            case Reading.Malformed(String reason) -> throw malformed(reason);
            case Reading.Unsettleable(String reason, int version, Optional<Network> network) ->
                FacilitatorJson.unsettleable(reason, version, network);
            case Reading.Read(FacilitatorRequest asked) -> settle(request, asked);
        };
    }

    private ApiResponse settle(ApiRequest request, FacilitatorRequest asked) {
        // Whoever gives the call a name can make it again; otherwise no other call is this one.
        String name = request.idempotencyKey().map(key -> key.hash(asked.payment().key().value()))
                .orElseGet(() -> "call/" + request.requestId());
        SettleOutcome outcome = facilitator.settle(new Call(asked, name, request.deadline()));
        log.write(outcome, asked.payment().requirements().network());
        return FacilitatorJson.of(outcome, asked.payment());
    }

    @Override
    protected void prime() {
        rehearse(new SettlePayment(application().rehearsal()), "POST", PATH, Map.of(), RehearsedRequests.FACILITATED);
    }
}
