package io.x402compute.instance;

import java.time.Instant;

/** A provider whose refusals are told to the operator: its words are for nobody else, and decide nothing. */
public final class RefusedCreates implements MachineProvider {
    private final MachineProvider provider;
    private final Report report;

    public RefusedCreates(MachineProvider provider, Report report) {
        this.provider = provider;
        this.report = report;
    }

    /** Where the operator reads of refusals. */
    @FunctionalInterface
    public interface Report {

        /** A machine was refused, once and for all. */
        void refused(String operationId, MachineSpec spec, Creation.Refused refusal);
    }

    @Override
    public Creation create(String operationId, MachineSpec spec, RootAccess access, Instant deadline) {
        Creation creation = provider.create(operationId, spec, access, deadline);
        if (creation instanceof Creation.Refused refusal) {
            report.refused(operationId, spec, refusal);
        }
        return creation;
    }

    @Override
    public Search find(String operationId) {
        return provider.find(operationId);
    }

    @Override
    public Sighting look(String providerId) {
        return provider.look(providerId);
    }

    @Override
    public Deletion delete(String providerId) {
        return provider.delete(providerId);
    }

    @Override
    public Execution execute(String providerId, Operation operation, Instant deadline) {
        return provider.execute(providerId, operation, deadline);
    }
}
