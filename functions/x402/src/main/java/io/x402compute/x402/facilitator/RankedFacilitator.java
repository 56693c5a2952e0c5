package io.x402compute.x402.facilitator;

import java.time.Duration;

import io.x402compute.x402.protocol.Payment;

/** One of several facilitators: its handles carry its name, and while it does not answer it is left alone. */
final class RankedFacilitator implements Facilitator {
    /** Whoever could not answer sooner than this has not failed. */
    static final Duration FAIR_WAIT = Duration.ofSeconds(5);

    private final String name;
    private final Facilitator facilitator;
    private final Circuit circuit;

    RankedFacilitator(String name, Facilitator facilitator, Circuit circuit) {
        this.name = name;
        this.facilitator = facilitator;
        this.circuit = circuit;
    }

    /** Whether it was silent a moment ago. To prepare may need no answer, so whoever can be expected to settle goes first. */
    boolean isInDoubt() {
        return circuit.isInDoubt();
    }

    @Override
    public Support support(Payment payment) {
        return circuit.rests() ? new Support.Undiscovered(resting()) : facilitator.support(payment);
    }

    @Override
    public Verification verify(Payment payment) {
        if (!circuit.admits()) {
            return new Verification.Unavailable(resting());
        }
        Verification verification = facilitator.verify(payment);
        switch (verification) {
            case Verification.Verified verified -> circuit.answered();
            case Verification.Rejected rejected -> circuit.answered();
            case Verification.Unavailable unavailable -> circuit.failed();
        }
        return verification;
    }

    /** That a settlement could be prepared says nothing of its facilitator's health: a remote one is not even asked. */
    @Override
    public Preparation prepare(Payment payment) {
        if (circuit.rests()) {
            return new Preparation.Unavailable(resting());
        }
        Preparation preparation = facilitator.prepare(payment);
        return switch (preparation) {
            case Preparation.Prepared(SettlementHandle handle) -> new Preparation.Prepared(handle.at(name));
            case Preparation.Refused refused -> refused;
            case Preparation.Unavailable unavailable -> {
                circuit.failed();
                yield unavailable;
            }
        };
    }

    @Override
    public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
        if (!circuit.admits()) {
            return new Settlement.Unknown(handle.transaction(), resting());
        }
        Settlement settlement = facilitator.settle(payment, handle, patience);
        switch (settlement) {
            case Settlement.Settled settled -> circuit.answered();
            case Settlement.Refused refused -> circuit.answered();
            case Settlement.Outnumbered outnumbered -> circuit.answered();
            case Settlement.Unknown(String transaction, String why) -> judgeSilence(transaction, patience);
        }
        return settlement;
    }

    /** What is under way under a name is no failure, and what is unknown for want of time no fault. */
    private void judgeSilence(String transaction, Duration patience) {
        if (transaction.isEmpty() && patience.compareTo(FAIR_WAIT) >= 0) {
            circuit.failed();
        }
    }

    @Override
    public Repricing reprice(Payment payment, SettlementHandle handle) {
        return switch (facilitator.reprice(payment, handle)) {
            case Repricing.Repriced(SettlementHandle dearer) -> new Repricing.Repriced(dearer.at(name));
            case Repricing.Kept kept -> kept;
        };
    }

    private String resting() {
        return name + " did not answer lately";
    }
}
