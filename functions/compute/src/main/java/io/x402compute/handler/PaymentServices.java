package io.x402compute.handler;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import software.amazon.awssdk.core.exception.SdkException;

import io.x402compute.access.DynamoCallCounts;
import io.x402compute.access.StrangerLimit;
import io.x402compute.facilitation.FacilitationResumption;
import io.x402compute.facilitation.Facilitations;
import io.x402compute.inference.Runs;
import io.x402compute.instance.InstanceCreator;
import io.x402compute.instance.InstanceStore;
import io.x402compute.order.AmountMarks;
import io.x402compute.order.NumberGaps;
import io.x402compute.order.OperatorWallets;
import io.x402compute.order.OrderBacklog;
import io.x402compute.order.OrderResumption;
import io.x402compute.order.PlacedOrders;
import io.x402compute.order.Purchases;
import io.x402compute.order.RefundWallet;
import io.x402compute.order.TimeOrderedIds;
import io.x402compute.order.TopUps;
import io.x402compute.payment.Credits;
import io.x402compute.payment.DynamoCredits;
import io.x402compute.payment.DynamoOrderBook;
import io.x402compute.payment.DynamoPaymentLedger;
import io.x402compute.payment.DynamoSignerNonces;
import io.x402compute.payment.OrderBook;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.store.Remembered;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.extension.Listing;
import io.x402compute.x402.facilitator.CoinbaseKey;
import io.x402compute.x402.facilitator.FacilitatorAuthorization;
import io.x402compute.x402.solana.SolanaWallet;

/** Puts together what takes money, gives it back, and goes on with orders. */
final class PaymentServices {
    /** Many addresses at their limit, which slows whoever has still more. */
    private static final int ADDRESSES_AT_ONCE = 200;

    private final Application application;
    private final Settings settings;
    private final Clock clock;

    PaymentServices(Application application) {
        this.application = application;
        this.settings = application.settings();
        this.clock = application.clock();
    }

    OrderBacklog orderBacklog() {
        return new OrderBacklog(ledger(), clock);
    }

    OperatorWallets operatorWallets() {
        PaymentRail rail = rail();
        return new OperatorWallets(rail.settlingGas(settlingWallet()),
                solana().map(onSolana -> onSolana.lamports(readable(solanaFeePayer()))), refunds(), rail.usdc(),
                clock);
    }

    OrderResumption orderResumption() {
        return sales(ledger(), Optional.of(machines().instances()),
                Optional.of(machines().instanceCreator()), Optional.of(RunSales.resumed(application)))
                .resumption(application.events(), numberGaps(rail()));
    }

    Optional<NumberGaps> numberGaps(PaymentRail rail) {
        Facilitations others = facilitation().facilitations();
        Function<Instant, Set<Long>> held = until -> settings.service().isOn()
                ? FacilitationResumption.inFlight(others, until)
                : Set.of();
        return rail.settlingAccount(settler())
                .map(account -> new NumberGaps(account, signerNonces(), ledger(), held, clock));
    }

    DynamoSignerNonces signerNonces() {
        return new DynamoSignerNonces(application.table(settings.paymentsTable()), clock);
    }

    /** Sells machines, and can deliver them. */
    Sales machineSales() {
        return sales(keyedLedger(), Optional.of(machines().instances()), Optional.of(machines().instanceCreator()),
                Optional.empty());
    }

    /** Sells time for machines that are there, without any way to the provider. */
    Sales timeSales() {
        return sales(keyedLedger(), Optional.of(machines().instances()), Optional.empty(), Optional.empty());
    }

    /** Sells credit, and knows nothing of machines. */
    Sales creditSales() {
        return sales(keyedLedger(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Sells runs, and knows nothing of machines. */
    Sales runSales(Runs runs) {
        return sales(keyedLedger(), Optional.empty(), Optional.empty(), Optional.of(runs));
    }

    /** The extensions of a paid route. */
    PaidExtensions extensions(Listing route) {
        return new PaidExtensions(route, seller(), clock);
    }

    /** A key that is missing or wrong leaves offers and receipts unsigned, and nothing else; that, too, is kept for a while. */
    private Supplier<Optional<EvmWallet>> seller() {
        if (settings.receiptSecret().isEmpty()) {
            return Optional::empty;
        }
        Supplier<String> key = application.reading(settings.receiptSecret().get());
        Remembered<Optional<EvmWallet>> seller = new Remembered<>(clock, Application.SECRETS_KEPT,
                readable(() -> EvmWallet.of(key.get())));
        application.onForget(seller::forget);
        return seller::get;
    }

    TopUps topUps() {
        return new TopUps(PaymentRail.terms(settings), new TimeOrderedIds(clock));
    }

    /** Says what things cost, without any way to sell them. */
    Purchases purchases() {
        return Sales.purchases(application.catalogue(), PaymentRail.terms(settings),
                machines().instances(), settings, clock);
    }

    private Sales sales(PaymentLedger ledger, Optional<InstanceStore> instances, Optional<InstanceCreator> creator,
            Optional<Runs> runs) {
        return new Sales(settings, clock, rail(), ledger,
                signerNonces(), settler(), credits(), refunds(), instances, creator, runs,
                runs.flatMap(any -> challengeLimit()));
    }

    /** Marks the amounts that are asked for runs, where transactions count as payments. */
    Optional<AmountMarks> amountMarks() {
        return settings.takesHashProofs()
                ? Optional.of(new AmountMarks(application.secret(settings.pepperSecret())))
                : Optional.empty();
    }

    /**
     * A challenge is half a purchase, so there is one for two of the writes that a wallet may make: a buyer needs one for each purchase, and
     * whoever looks for the digits of somebody else's amount hundreds.
     */
    private Optional<StrangerLimit> challengeLimit() {
        if (!settings.takesHashProofs()) {
            return Optional.empty();
        }
        int perAddress = Math.max(1, settings.writesPerMinute() / 2);
        return Optional.of(new StrangerLimit("challenges", perAddress, perAddress * ADDRESSES_AT_ONCE,
                new DynamoCallCounts(application.table(settings.noncesTable())), clock));
    }

    PaymentRail rail() {
        return new PaymentRail(settings, clock, application.chain(), solana(),
                this::coinbaseKey);
    }

    /** Left out of a rehearsal, whose payment is on the other network. */
    private Optional<SolanaRail> solana() {
        return settings.offersSolana() && application.chain().isEmpty()
                ? Optional.of(new SolanaRail(settings, clock, solanaFeePayer()))
                : Optional.empty();
    }

    /** A key that is missing or wrong is like a facilitator that does not answer: there may be another. */
    private Supplier<CoinbaseKey> coinbaseKey() {
        Supplier<String> text = application.secret(settings.coinbaseSecret());
        Supplier<Optional<CoinbaseKey>> key = readable(() -> CoinbaseKey.ofJson(text.get()));
        return () -> key.get().orElseThrow(
                () -> new FacilitatorAuthorization.NoKey("the key for Coinbase cannot be read, or is none"));
    }

    private Supplier<SolanaWallet> solanaFeePayer() {
        Supplier<String> key = application.secret(settings.solanaSecret());
        return () -> SolanaWallet.of(key.get());
    }

    Credits credits() {
        return new DynamoCredits(application.table(settings.creditsTable()));
    }

    PlacedOrders placedOrders() {
        return new PlacedOrders(orderBook(), machines().instances());
    }

    /** Orders by themselves, for whoever has nothing to do with machines. */
    OrderBook orderBook() {
        return new DynamoOrderBook(application.table(settings.paymentsTable()));
    }

    /** For whoever goes on with orders. */
    PaymentLedger ledger() {
        return new DynamoPaymentLedger(application.table(settings.paymentsTable()));
    }

    /** For whoever sells. */
    private PaymentLedger keyedLedger() {
        return new DynamoPaymentLedger(application.table(settings.paymentsTable()), access().keys());
    }

    /** The account that settles on the EVM network; empty while its key cannot be read. */
    Supplier<Optional<EvmWallet>> settlingWallet() {
        return readable(settler());
    }

    Supplier<EvmWallet> settler() {
        Supplier<String> key = application.secret(settings.settlementSecret());
        return () -> EvmWallet.of(key.get());
    }

    /** A key that is missing or wrong delays refunds, and nothing else. */
    private Optional<RefundWallet> refunds() {
        return settings.refundSecret().map(id -> {
            Supplier<String> key = application.secret(id);
            return readable(() -> EvmWallet.of(key.get()))::get;
        });
    }

    /** Empty while its secret is, or is no key. */
    private static <W> Supplier<Optional<W>> readable(Supplier<W> wallet) {
        return () -> {
            try {
                return Optional.of(wallet.get());
            } catch (SdkException | IllegalArgumentException unusable) {
                return Optional.empty();
            }
        };
    }

    private AccessServices access() {
        return new AccessServices(application);
    }

    private FacilitationServices facilitation() {
        return new FacilitationServices(application);
    }

    private MachineServices machines() {
        return new MachineServices(application);
    }
}
