package io.x402compute.x402.facilitator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.evm.ExactEvmTerms;
import io.x402compute.x402.evm.Rejection;
import io.x402compute.x402.evm.UptoEvmTerms;
import io.x402compute.x402.protocol.FacilitatorRequest;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.solana.FeeLimits;
import io.x402compute.x402.solana.SvmRefusal;

/**
 * Somebody else's facilitator: {@code POST /verify} and {@code POST /settle} under a base URL, spoken to in the version of
 * the payment, which it must list under {@code GET /supported}. What can be checked without a chain is checked here first, and
 * its answers are believed no further than their form can be checked.
 */
public final class RemoteFacilitator implements Facilitator {
    /** After so long without an answer the reference client, too, knows no more than that it does not know. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
    /** A list that takes longer leaves no time for what it is needed for. */
    private static final Duration LONGEST_DISCOVERY = Duration.ofSeconds(5);

    private final FacilitatorCalls calls;
    private final Resource sold;
    private final Duration requestTimeout;
    private final Clock clock;
    private final FacilitatorQuestions questions;
    private final SupportDiscovery discovery;
    /** What fees are too high is for whoever pays them to say. */
    private final SolanaTerms onSolana = new SolanaTerms(FeeLimits.NONE);

    /**
     * @param base where the facilitator is, for example {@code https://x402.org/facilitator}
     * @param sold what version 1 requirements name as the resource; facilitators only check its form
     * @param connectTimeout for reaching it
     * @param requestTimeout for one whole call, or a verification with its repetitions; at most 90 seconds, and settling never waits
     *     longer than its caller wants to either
     */
    public RemoteFacilitator(URI base, Resource sold, Duration connectTimeout, Duration requestTimeout, Clock clock) {
        this(base, sold, connectTimeout, requestTimeout, FacilitatorAuthorization.NONE, clock);
    }

    /** As above, for a facilitator that wants to know who is asking. */
    public RemoteFacilitator(URI base, Resource sold, Duration connectTimeout, Duration requestTimeout,
            FacilitatorAuthorization authorization, Clock clock) {
        this(new HttpFacilitatorCalls(base, connectTimeout, authorization), sold, requestTimeout, clock,
                Thread::sleep);
    }

    RemoteFacilitator(FacilitatorCalls calls, Resource sold, Duration requestTimeout, Clock clock, Pause pause) {
        this.calls = calls;
        this.sold = sold;
        this.requestTimeout = shorter(requestTimeout, LONGEST_WAIT);
        this.clock = clock;
        this.questions = new FacilitatorQuestions(clock, pause);
        this.discovery = new SupportDiscovery(this::askWhatItSupports, clock);
    }

    /**
     * The account that pays the fees of payments on that network, which an offer there has to name.
     *
     * @return empty where the facilitator names none, as on EVM networks, or cannot be asked
     */
    public Optional<String> feePayer(Network network) {
        return switch (discovery.kinds()) {
            case SupportedKinds kinds -> kinds.feePayer(network);
            case Discovery.Failed failed -> Optional.empty();
        };
    }

    @Override
    public Support support(Payment payment) {
        return switch (discovery.kinds()) {
            case SupportedKinds kinds -> kinds.support(payment);
            case Discovery.Failed(String why) -> new Support.Undiscovered(why);
        };
    }

    private Discovery askWhatItSupports() {
        Duration budget = shorter(requestTimeout, LONGEST_DISCOVERY);
        return switch (questions.ask(timeout -> calls.get("supported", timeout), budget)) {
            case FacilitatorAnswer answer -> answer.discovery();
            case FacilitatorReply.Silence(String why, boolean lost) -> new Discovery.Failed(why);
        };
    }

    @Override
    public Verification verify(Payment payment) {
        Optional<Verification.Rejected> broken = payment.requirements().network().isEvm()
                ? brokenOnEvm(payment).map(Verification.Rejected::of)
                : brokenOnSolana(payment);
        if (broken.isPresent()) {
            return broken.get();
        }
        return switch (support(payment)) {
            case Support.Supported() -> askToVerify(payment);
            case Support.Unsupported(String reason, String message) -> new Verification.Rejected(reason, message);
            case Support.Undiscovered(String why) -> new Verification.Unavailable(why);
        };
    }

    private Verification askToVerify(Payment payment) {
        return switch (questions.ask(timeout -> calls.post("verify", envelope(payment), timeout), requestTimeout)) {
            case FacilitatorAnswer answer -> answer.verification(payment);
            case FacilitatorReply.Silence(String why, boolean lost) -> new Verification.Unavailable(why);
        };
    }

    private Optional<Rejection> brokenOnEvm(Payment payment) {
        PaymentRequirements offer = payment.requirements();
        if (!offer.isMetered()) {
            return ExactEvmTerms.check(payment, clock.instant());
        }
        String named = offer.extra().getOrDefault(PaymentRequirements.FACILITATOR_ADDRESS, "");
        return UptoEvmTerms.checkForm(payment, named, clock.instant())
                .or(() -> UptoEvmTerms.checkTransfer(payment, clock.instant()));
    }

    private Optional<Verification.Rejected> brokenOnSolana(Payment payment) {
        return switch (onSolana.judge(payment, feePayer -> true)) {
            case SolanaTerms.Judgement.Broken(SvmRefusal refusal) -> Optional.of(Verification.Rejected.of(refusal));
            case SolanaTerms.Judgement.Holds holds -> Optional.empty();
        };
    }

    /** Where a payment is not supported it must not be settled either. */
    @Override
    public Preparation prepare(Payment payment) {
        return switch (support(payment)) {
            case Support.Supported() -> new Preparation.Prepared(SettlementHandle.REMOTE);
            case Support.Unsupported(String reason, String message) -> new Preparation.Refused(reason, message);
            case Support.Undiscovered(String why) -> new Preparation.Unavailable(why);
        };
    }

    /** Asks once: an answer that was lost may have been "yes". To ask again is for whoever has looked at the chain. */
    @Override
    public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
        return switch (calls.post("settle", envelope(payment), shorter(patience, requestTimeout))) {
            case FacilitatorAnswer answer -> answer.settlement(payment);
            case FacilitatorReply.Silence(String why, boolean lost) -> new Settlement.Unknown("", why);
        };
    }

    private ObjectNode envelope(Payment payment) {
        return new FacilitatorRequest(payment).toJson(sold);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
