package io.x402compute.x402.facilitator;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

import io.x402compute.x402.evm.ExactEvmReason;
import io.x402compute.x402.evm.UptoEvmReason;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.solana.ExactSvmReason;

/**
 * Several facilitators in order of preference. A payment is verified and prepared by the first that takes its kind and answers. From then
 * on its handle names that one: whatever it answers, and if it never answers, nobody else settles under that handle.
 */
public final class FacilitatorsByPreference implements Facilitator {
    /** Reasons that may say nothing of the payment, only that its kind is not taken there. */
    private static final Set<String> KINDS = Set.of(Reasons.INVALID_NETWORK, Reasons.INVALID_X402_VERSION,
            Reasons.UNSUPPORTED_SCHEME, ExactEvmReason.NETWORK_MISMATCH, ExactEvmReason.SCHEME,
            UptoEvmReason.FACILITATOR_MISMATCH,
            ExactSvmReason.NETWORK_MISMATCH, ExactSvmReason.SCHEME, ExactSvmReason.FEE_PAYER_NOT_MANAGED);

    private final Map<String, RankedFacilitator> ranked;
    private final Function<SettlementHandle, Optional<String>> unnamed;

    /** For whoever has always had several: no handle is without a name. */
    public FacilitatorsByPreference(SequencedMap<String, Facilitator> inOrder, Clock clock) {
        this(inOrder, handle -> Optional.empty(), clock);
    }

    /**
     * @param inOrder the preferred one first, under names that are stored with handles: a name must never go over to another
     * @param unnamed which one a handle without a name was prepared for, when there was only one; empty where nobody knows
     * @throws IllegalArgumentException when there is none, or one has no name
     */
    public FacilitatorsByPreference(SequencedMap<String, Facilitator> inOrder,
            Function<SettlementHandle, Optional<String>> unnamed, Clock clock) {
        if (inOrder.isEmpty() || inOrder.keySet().stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("there must be a facilitator, and each must have a name");
        }
        Map<String, RankedFacilitator> named = new LinkedHashMap<>();
        boolean isAlone = inOrder.size() == 1;
        inOrder.forEach((name, facilitator) -> named.put(name, new RankedFacilitator(name, facilitator,
                isAlone ? Circuit.thatNeverRests(clock) : new Circuit(clock))));
        this.ranked = Collections.unmodifiableMap(named);
        this.unnamed = unnamed;
    }

    /** Supported by anybody; unsupported only when everybody says so. */
    @Override
    public Support support(Payment payment) {
        List<Support> answers = ranked.values().stream().map(facilitator -> facilitator.support(payment)).toList();
        return answers.stream().filter(Support.Supported.class::isInstance).findFirst()
                .or(() -> answers.stream().filter(Support.Undiscovered.class::isInstance).findFirst())
                .orElseGet(answers::getFirst);
    }

    @Override
    public Verification verify(Payment payment) {
        List<String> silent = new ArrayList<>();
        for (RankedFacilitator facilitator : ranked.values()) {
            // What it supports is looked at afterwards, for most of what is wrong shows without asking anybody anything.
            switch (facilitator.verify(payment)) {
                case Verification.Verified verified -> {
                    return verified;
                }
                case Verification.Rejected rejected when !KINDS.contains(rejected.reason())
                        || mayTake(facilitator, payment) -> {
                    return rejected;
                }
                case Verification.Rejected notItsKind -> {
                    // Whose kind it is, is one of the others.
                }
                case Verification.Unavailable(String why) -> silent.add(why);
            }
        }
        return switch (nobody(payment, silent)) {
            case Support.Unsupported(String reason, String message) -> new Verification.Rejected(reason, message);
            case Support.Undiscovered(String why) -> new Verification.Unavailable(why);
            case Support.Supported() -> new Verification.Unavailable("it is supported since a moment ago");
        };
    }

    @Override
    public Preparation prepare(Payment payment) {
        List<String> silent = new ArrayList<>();
        for (RankedFacilitator facilitator : ranked.values().stream()
                .sorted(Comparator.comparing(RankedFacilitator::isInDoubt)).toList()) {
            if (mayTake(facilitator, payment)) {
                Preparation preparation = facilitator.prepare(payment);
                if (!(preparation instanceof Preparation.Unavailable(String why))) {
                    return preparation;
                }
                silent.add(why);
            }
        }
        return switch (nobody(payment, silent)) {
            case Support.Unsupported(String reason, String message) -> new Preparation.Refused(reason, message);
            case Support.Undiscovered(String why) -> new Preparation.Unavailable(why);
            case Support.Supported() -> new Preparation.Unavailable("it is supported since a moment ago");
        };
    }

    private static boolean mayTake(RankedFacilitator facilitator, Payment payment) {
        return !(facilitator.support(payment) instanceof Support.Unsupported);
    }

    private Support nobody(Payment payment, List<String> silent) {
        return silent.isEmpty() ? support(payment) : new Support.Undiscovered(String.join("; ", silent));
    }

    @Override
    public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
        return named(handle).map(facilitator -> facilitator.settle(payment, handle, patience))
                .orElseGet(() -> new Settlement.Unknown(handle.transaction(), gone(handle)));
    }

    @Override
    public Repricing reprice(Payment payment, SettlementHandle handle) {
        return named(handle).map(facilitator -> facilitator.reprice(payment, handle))
                .orElseGet(() -> new Repricing.Kept(gone(handle)));
    }

    private Optional<RankedFacilitator> named(SettlementHandle handle) {
        return (handle.facilitator().isEmpty() ? unnamed.apply(handle) : Optional.of(handle.facilitator()))
                .map(ranked::get);
    }

    /** Nobody else may be asked in its place: it may have been sent out there. The chain tells, or the payment expires. */
    private static String gone(SettlementHandle handle) {
        return "it was prepared for '" + handle.facilitator() + "', which is no facilitator of ours now";
    }
}
