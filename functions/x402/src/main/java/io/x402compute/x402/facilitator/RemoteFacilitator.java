package io.x402compute.x402.facilitator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.evm.ExactEvmTerms;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.WireJson;
import io.x402compute.x402.solana.FeeLimits;
import io.x402compute.x402.solana.SvmRefusal;

/**
 * Somebody else's facilitator: {@code POST /verify} and {@code POST /settle} under a base URL, spoken to in the version of
 * the payment. What can be checked without a chain is checked here first, and its answers are believed no further than their
 * form can be checked.
 */
public final class RemoteFacilitator implements Facilitator {
    private final Resource sold;
    private final Duration requestTimeout;
    private final Clock clock;
    private final FacilitatorCalls calls;
    /** What fees are too high is for whoever pays them to say. */
    private final SolanaTerms onSolana = new SolanaTerms(FeeLimits.NONE);

    /**
     * @param base where the facilitator is, for example {@code https://x402.org/facilitator}
     * @param sold what version 1 requirements name as the resource; facilitators only check its form
     * @param connectTimeout for reaching it
     * @param requestTimeout for one whole call; settling never waits longer than its caller wants to either
     */
    public RemoteFacilitator(URI base, Resource sold, Duration connectTimeout, Duration requestTimeout, Clock clock) {
        this.sold = sold;
        this.requestTimeout = requestTimeout;
        this.clock = clock;
        this.calls = new FacilitatorCalls(base, connectTimeout);
    }

    @Override
    public Verification verify(Payment payment) {
        Optional<Verification.Rejected> broken = payment.requirements().network().isEvm()
                ? ExactEvmTerms.check(payment, clock.instant()).map(Verification.Rejected::of)
                : brokenOnSolana(payment);
        if (broken.isPresent()) {
            return broken.get();
        }
        return switch (askToVerify(payment)) {
            case FacilitatorAnswer answer -> answer.verification(payment);
            case FacilitatorReply.Silence(String why, boolean lost) -> new Verification.Unavailable(why);
        };
    }

    private Optional<Verification.Rejected> brokenOnSolana(Payment payment) {
        return switch (onSolana.judge(payment, feePayer -> true)) {
            case SolanaTerms.Judgement.Broken(SvmRefusal refusal) -> Optional.of(Verification.Rejected.of(refusal));
            case SolanaTerms.Judgement.Holds holds -> Optional.empty();
        };
    }

    @Override
    public Preparation prepare(Payment payment) {
        return new Preparation.Prepared(SettlementHandle.REMOTE);
    }

    @Override
    public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
        Duration timeout = patience.compareTo(requestTimeout) < 0 ? patience : requestTimeout;
        return switch (calls.post("settle", envelope(payment), timeout)) {
            case FacilitatorAnswer answer -> answer.settlement(payment);
            case FacilitatorReply.Silence(String why, boolean lost) -> new Settlement.Unknown("", why);
        };
    }

    /**
     * A connection kept open from an earlier call may be dead without our knowing, always so after a pause of the process.
     * Verifying moves nothing, so it may be asked again; settling must not be.
     */
    private FacilitatorReply askToVerify(Payment payment) {
        FacilitatorReply reply = calls.post("verify", envelope(payment), requestTimeout);
        return reply instanceof FacilitatorReply.Silence silence && silence.lostConnection()
                ? calls.post("verify", envelope(payment), requestTimeout)
                : reply;
    }

    private ObjectNode envelope(Payment payment) {
        PaymentRequirements requirements = payment.requirements();
        int version = payment.payload().version();
        ObjectNode json = WireJson.object().put("x402Version", version);
        json.set("paymentPayload", payment.payload().toJson());
        json.set("paymentRequirements", version == 1 ? requirements.toV1Json(sold) : requirements.toV2Json());
        return json;
    }
}
