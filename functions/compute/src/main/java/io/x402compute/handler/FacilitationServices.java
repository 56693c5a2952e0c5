package io.x402compute.handler;

import java.time.Clock;
import java.util.Optional;

import io.x402compute.access.DynamoCallCounts;
import io.x402compute.access.StrangerLimit;
import io.x402compute.facilitation.DynamoFacilitations;
import io.x402compute.facilitation.FacilitationResumption;
import io.x402compute.facilitation.Facilitations;
import io.x402compute.facilitation.FacilitatorService;
import io.x402compute.facilitation.PaymentVerifier;
import io.x402compute.facilitation.ServedPayments;
import io.x402compute.order.NumberGaps;

/** Puts together what settles for other sellers. */
final class FacilitationServices {
    private final Application application;
    private final Settings settings;
    private final Clock clock;

    FacilitationServices(Application application) {
        this.application = application;
        this.settings = application.settings();
        this.clock = application.clock();
    }

    /** Finishes what is settled for others; empty where nothing is. */
    Optional<FacilitationResumption> facilitationResumption() {
        if (!settings.service().isOn()) {
            return Optional.empty();
        }
        PaymentRail rail = payments().rail();
        Runnable closeGaps = () -> payments().numberGaps(rail).ifPresent(NumberGaps::close);
        return Optional.of(new FacilitationResumption(facilitations(),
                rail.ourselves(payments().settler(), payments().signerNonces()),
                rail.transfers(), closeGaps, clock));
    }

    /** Settles for others. */
    FacilitatorService facilitatorService() {
        PaymentRail rail = payments().rail();
        return new FacilitatorService(servedPayments(), facilitations(), payments().ledger(),
                rail.ourselves(payments().settler(), payments().signerNonces()), rail.transfers(), clock);
    }

    /** Says whether payments would settle, without any way to settle them. */
    PaymentVerifier paymentVerifier() {
        return new PaymentVerifier(servedPayments(), payments().rail().ourselves(() -> {
            throw new IllegalStateException("nothing is signed to verify");
        }, (signer, chainCount) -> {
            throw new IllegalStateException("nothing is numbered to verify");
        }));
    }

    private ServedPayments servedPayments() {
        ServiceSettings service = settings.service();
        return new ServedPayments(service.least(), service.receivers());
    }

    /** How many calls strangers may make. */
    StrangerLimit strangerLimit(String kind) {
        ServiceSettings service = settings.service();
        return new StrangerLimit(kind, service.callsPerAddress(), service.callsInAll(),
                new DynamoCallCounts(application.table(settings.noncesTable())), clock);
    }

    Facilitations facilitations() {
        return new DynamoFacilitations(application.table(settings.paymentsTable()));
    }

    private PaymentServices payments() {
        return new PaymentServices(application);
    }
}
