package io.x402compute.handler;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

import io.x402compute.catalog.Catalogue;
import io.x402compute.event.EventPublisher;
import io.x402compute.instance.InstanceCreator;
import io.x402compute.instance.InstanceStore;
import io.x402compute.order.Checkout;
import io.x402compute.order.Deliveries;
import io.x402compute.order.MachineFulfilment;
import io.x402compute.order.NumberGaps;
import io.x402compute.order.OrderAdvancer;
import io.x402compute.order.OrderResumption;
import io.x402compute.order.PaymentTerms;
import io.x402compute.order.PriceList;
import io.x402compute.order.Purchases;
import io.x402compute.order.RentalLimits;
import io.x402compute.order.TimeFulfilment;
import io.x402compute.order.TimeOrderedIds;
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
    private final InstanceStore instances;
    private final Facilitator facilitator;
    private final Optional<NumberGaps> gaps;
    private final Deliveries deliveries;
    private final OrderAdvancer orders;

    /** @param creator of machines, for functions that deliver them */
    Sales(Settings settings, Clock clock, PaymentRail rail, PaymentLedger ledger, DynamoSignerNonces nonces,
            Supplier<EvmWallet> settler,
            Credits credits, InstanceStore instances, Optional<InstanceCreator> creator) {
        this.settings = settings;
        this.clock = clock;
        this.rail = rail;
        this.ledger = ledger;
        this.instances = instances;
        this.facilitator = rail.facilitator(settler, nonces);
        this.gaps = rail.settlingAccount(settler).map(account -> new NumberGaps(account, nonces, ledger, clock));
        this.deliveries = new Deliveries(creator.map(made -> new MachineFulfilment(instances, made, clock)),
                new TimeFulfilment(instances, limits(settings), clock), instances, clock);
        this.orders = new OrderAdvancer(ledger, facilitator, rail.transfers(), deliveries, credits, clock);
    }

    OrderResumption resumption(EventPublisher events) {
        return new OrderResumption(ledger, orders, gaps, events, clock);
    }

    Purchases purchases(Catalogue catalogue) {
        return purchases(catalogue, rail.terms(), instances, settings, clock);
    }

    static Purchases purchases(Catalogue catalogue, PaymentTerms terms, InstanceStore instances, Settings settings,
            Clock clock) {
        return new Purchases(new PriceList(catalogue, terms, clock), instances, limits(settings),
                new TimeOrderedIds(clock), clock);
    }

    private static RentalLimits limits(Settings settings) {
        return new RentalLimits(settings.minHours(), settings.maxHours());
    }

    PaymentExchange exchange() {
        Checkout checkout = new Checkout(rail.terms(), rail.signatures(), facilitator, ledger, orders, clock);
        return new PaymentExchange(settings.x402Versions(), checkout, deliveries);
    }
}
