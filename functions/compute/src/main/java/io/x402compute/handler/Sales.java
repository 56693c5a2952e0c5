package io.x402compute.handler;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

import io.x402compute.access.StrangerLimit;
import io.x402compute.catalog.Catalogue;
import io.x402compute.event.EventPublisher;
import io.x402compute.inference.Runs;
import io.x402compute.instance.InstanceCreator;
import io.x402compute.instance.InstanceStore;
import io.x402compute.order.Checkout;
import io.x402compute.order.CreditCheckout;
import io.x402compute.order.Deliveries;
import io.x402compute.order.MachineFulfilment;
import io.x402compute.order.NumberGaps;
import io.x402compute.order.OrderAdvancer;
import io.x402compute.order.OrderResumption;
import io.x402compute.order.OrderedMachines;
import io.x402compute.order.PaymentTerms;
import io.x402compute.order.PriceList;
import io.x402compute.order.ProofCheckout;
import io.x402compute.order.Purchases;
import io.x402compute.order.RefundWallet;
import io.x402compute.order.RentalLimits;
import io.x402compute.order.RunFulfilment;
import io.x402compute.order.TimeFulfilment;
import io.x402compute.order.TimeOrderedIds;
import io.x402compute.order.TopUpFulfilment;
import io.x402compute.payment.Credits;
import io.x402compute.payment.DynamoSignerNonces;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.facilitator.Facilitator;

/** Puts together everything between a request to buy and its delivery. */
final class Sales {
    private final Settings settings;
    private final Clock clock;
    private final PaymentRail rail;
    private final PaymentLedger ledger;
    private final Credits credits;
    private final Supplier<EvmWallet> settler;
    private final Facilitator facilitator;
    private final OrderAdvancer orders;
    private final OrderJson answers;
    private final Optional<ProofDesk> proofs;

    /**
     * @param instances for functions that sell or deliver anything about machines
     * @param creator of machines, for functions that deliver them
     * @param runs for functions that sell or deliver runs
     * @param challenges how many are told, where transactions count as payments
     */
    Sales(Settings settings, Clock clock, PaymentRail rail, PaymentLedger ledger, DynamoSignerNonces nonces,
            Supplier<EvmWallet> settler,
            Credits credits, Optional<RefundWallet> refunds, Optional<InstanceStore> instances,
            Optional<InstanceCreator> creator, Optional<Runs> runs, Optional<StrangerLimit> challenges) {
        this.settings = settings;
        this.clock = clock;
        this.rail = rail;
        this.ledger = ledger;
        this.credits = credits;
        this.settler = settler;
        this.facilitator = rail.facilitator(settler, nonces);
        Deliveries deliveries = new Deliveries(
                creator.map(made -> new MachineFulfilment(instances.orElseThrow(), made, clock)),
                instances.map(store -> new TimeFulfilment(store, limits(settings), clock)),
                new TopUpFulfilment(credits, clock), runs.map(kept -> new RunFulfilment(kept, credits, clock)));
        this.orders = new OrderAdvancer(ledger, facilitator, rail.transfers(), deliveries, credits, refunds, clock);
        this.answers = new OrderJson(instances.map(store -> new OrderedMachines(store, clock)), credits,
                runs.map(RunAnswers::new));
        this.proofs = challenges.map(limit -> new ProofDesk(new HashProofs(rail.networks()),
                new ProofCheckout(rail.terms(settler), rail.proofs(), ledger, orders, clock), limit));
    }

    OrderResumption resumption(EventPublisher events, Optional<NumberGaps> gaps) {
        return new OrderResumption(ledger, orders, gaps, events, clock, Application.AT_ONCE);
    }

    static Purchases purchases(Catalogue catalogue, PaymentTerms terms, InstanceStore instances, Settings settings,
            Clock clock) {
        return new Purchases(new PriceList(catalogue, terms, clock), instances, limits(settings),
                new TimeOrderedIds(clock), clock);
    }

    static RentalLimits limits(Settings settings) {
        return new RentalLimits(settings.minHours(), settings.maxHours());
    }

    /** @param extensions of the route that sells */
    PaymentExchange exchange(PaidExtensions extensions) {
        PaymentTerms terms = rail.terms(settler);
        Checkout checkout = new Checkout(terms, extensions.echo(), rail.signatures(), facilitator, ledger,
                orders, clock);
        CreditCheckout credit = new CreditCheckout(terms, credits, ledger, orders, clock);
        return new PaymentExchange(settings.x402Versions(), checkout, credit, answers, extensions, proofs);
    }
}
