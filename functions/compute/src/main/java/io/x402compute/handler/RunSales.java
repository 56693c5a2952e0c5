package io.x402compute.handler;

import io.x402compute.inference.KeptRuns;
import io.x402compute.inference.Pause;
import io.x402compute.inference.Runs;
import io.x402compute.inference.Tariff;
import io.x402compute.inference.Upstreams;
import io.x402compute.order.RandomIds;
import io.x402compute.order.RunPrices;
import io.x402compute.order.RunPurchases;
import io.x402compute.order.TimeOrderedIds;

/** Puts together what sells runs, and what goes on with orders of them. */
final class RunSales {
    private final Application application;
    private final InferenceServices inference;

    RunSales(Application application) {
        this.application = application;
        this.inference = new InferenceServices(application);
    }

    RunPurchases purchases() {
        RunPrices prices = new RunPrices(inference.estimates(), new PaymentServices(application).amountMarks(),
                application.clock());
        return new RunPurchases(inference.services(), inference.requests(), prices,
                PaymentRail.terms(application.settings()), () -> inference.estimates().cheapest(inference.requests()),
                new TimeOrderedIds(application.clock()),
                new RandomIds());
    }

    Sales sales() {
        return new PaymentServices(application)
                .runSales(runs(application, inference.upstreams(), inference.estimates()));
    }

    /** For whoever goes on with orders: what is still to be run is left to the queue. */
    static Runs resumed(Application application) {
        RunsElsewhere elsewhere = new RunsElsewhere();
        return runs(application, elsewhere, elsewhere);
    }

    private static Runs runs(Application application, Upstreams upstreams, Tariff tariff) {
        return new KeptRuns(new JobServices(application).jobs(), upstreams, tariff, application.jobQueue(),
                Pause::sleep, application.clock());
    }
}
