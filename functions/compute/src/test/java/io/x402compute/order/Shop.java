package io.x402compute.order;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import io.x402compute.event.DomainEvent;
import io.x402compute.event.EventPublisher;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.IdempotencyKey;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.http.RequestBody;
import io.x402compute.inference.FakeInference;
import io.x402compute.inference.Priority;
import io.x402compute.inference.RunRequest;
import io.x402compute.inference.Service;
import io.x402compute.instance.AutoExtendSettings;
import io.x402compute.instance.AutoExtender;
import io.x402compute.instance.ExpirySweep;
import io.x402compute.instance.FakeInstances;
import io.x402compute.instance.FakeProvider;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceCreator;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.InstanceStore;
import io.x402compute.instance.InstanceTerminator;
import io.x402compute.instance.LeaseExtensions;
import io.x402compute.instance.MachineOperations;
import io.x402compute.instance.MachineProvider;
import io.x402compute.instance.OperationResult;
import io.x402compute.instance.PasswordReveal;
import io.x402compute.instance.PasswordSeal;
import io.x402compute.instance.Upgrade;
import io.x402compute.payment.Claim;
import io.x402compute.payment.Credits;
import io.x402compute.payment.FakeCredits;
import io.x402compute.payment.FakeLedger;
import io.x402compute.payment.OrderId;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.payment.Tender;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.PayerSignature;
import io.x402compute.x402.evm.UptoPermit2Proxy;
import io.x402compute.x402.extension.ExtensionEcho;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** The whole of buying and renting on fakes and one clock. */
final class Shop {
    static final String OPERATOR = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
    static final EvmWallet AGENT = EvmWallet.of("0x" + "11".repeat(32));
    static final EvmWallet OTHER_AGENT = EvmWallet.of("0x" + "22".repeat(32));
    static final String BODY = """
            {"plan":"vcg-a16-2c-8g-2vram","region":"ewr","prepaid_hours":24,
             "ssh_public_key":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFQ5zTnX0mC4i8fWBl1l3XlhhW3uZyYhYfD2oPGCoTc"}""";

    static final String KEYLESS_BODY = """
            {"plan":"vcg-a16-2c-8g-2vram","region":"ewr","prepaid_hours":24}""";

    final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00Z"));
    final FakeToken token = new FakeToken(clock);
    final FakeLedger ledger = new FakeLedger();
    final FakeCredits credits = new FakeCredits();
    final FakeInstances instances = new FakeInstances();
    final FakeProvider provider = new FakeProvider(clock);
    final FakeInference runs = new FakeInference(clock);
    final FakeCatalogue catalogue = new FakeCatalogue(clock.instant());
    final List<DomainEvent> bus = new ArrayList<>();

    private final RentalLimits limits = new RentalLimits(24, 4320);
    private final PaymentRequirements offer = new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE,
            Usdc.ZERO,
            "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", 300,
            Map.of("name", "USD Coin", "version", "2"));
    private final PaymentRequirements permit2Offer = new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE,
            Usdc.ZERO, offer.asset(), offer.payTo(), 300,
            Map.of("name", "USD Coin", "version", "2", "assetTransferMethod", "permit2"));
    private final PaymentTerms terms = new PaymentTerms(List.of(offer, permit2Offer), Optional.of(() -> OPERATOR));
    private final InstanceCreator creator;
    private final PasswordReveal reveal;
    private final InstanceTerminator terminator;
    private final Function<Optional<RefundWallet>, OrderAdvancer> advancer;
    private final Function<OrderAdvancer, Checkout> checkouts;
    private final Function<OrderAdvancer, OrderResumption> resumptions;
    private final Function<OrderAdvancer, CreditCheckout> creditCheckouts;
    private Checkout checkout;
    private CreditCheckout creditCheckout;
    private final TopUps topUps;
    private final Purchases purchases;
    private OrderResumption resumption;
    private final ExpirySweep sweep;
    private final MachineOperations operations;
    private final Upgrades upgrades;
    private final AutoExtendSettings autoExtends;

    Shop() {
        this(new Crashes(RandomGenerator.getDefault()));
    }

    /** A shop whose functions may die at any call of their ports. */
    Shop(Crashes crashes) {
        token.mint(Hex.lowerCase(AGENT.address()), 1_000_000_000);
        token.mint(Hex.lowerCase(OTHER_AGENT.address()), 1_000_000_000);
        InstanceStore rows = crashes.around(InstanceStore.class, instances);
        MachineProvider machines = crashes.around(MachineProvider.class, provider);
        PaymentLedger claims = crashes.around(PaymentLedger.class, ledger);
        Facilitator facilitator = crashes.around(Facilitator.class, token);
        TransferLookup transfers = crashes.around(TransferLookup.class, token);
        EventPublisher events = crashes.around(EventPublisher.class, bus::addAll);
        PasswordSeal seal = new PasswordSeal(() -> "a secret of the shop");
        creator = new InstanceCreator(rows, machines, seal, clock);
        reveal = new PasswordReveal(rows, creator, seal, clock);
        Credits balances = crashes.around(Credits.class, credits);
        terminator = new InstanceTerminator(rows, machines, new UnusedTimeCredit(balances), clock);
        Deliveries deliveries = new Deliveries(Optional.of(new MachineFulfilment(rows, creator, clock)),
                Optional.of(new TimeFulfilment(rows, limits, clock)), new TopUpFulfilment(balances, clock),
                Optional.of(new RunFulfilment(runs.runs(crashes), balances, clock)));
        advancer = refunds -> new OrderAdvancer(claims, facilitator, transfers, deliveries, balances, refunds, clock);
        checkouts = orders -> new Checkout(terms, ExtensionEcho.NOTHING, new PayerSignature(new NoChain()), facilitator,
                claims, orders, clock);
        creditCheckouts = orders -> new CreditCheckout(terms, balances, claims, orders, clock);
        topUps = new TopUps(terms, UUID::randomUUID);
        purchases = new Purchases(new PriceList(catalogue, terms, clock), rows, limits, UUID::randomUUID, clock);
        operations = new MachineOperations(rows, machines, clock);
        upgrades = new Upgrades(catalogue, limits, clock);
        resumptions = orders -> new OrderResumption(claims, orders, Optional.empty(), events, clock);
        autoExtends = new AutoExtendSettings(rows);
        CreditExtensions extensions = new CreditExtensions(new PriceList(catalogue, terms, clock), terms, limits,
                balances, claims, clock);
        sweep = new ExpirySweep(rows, terminator, operations,
                new AutoExtender(rows, crashes.around(LeaseExtensions.class, extensions), UUID::randomUUID, clock),
                events, clock);
        givesCredit();
    }

    /** From now on the operator has no refund wallet. */
    void givesCredit() {
        open(Optional.empty());
    }

    /** From now on the operator has a refund wallet. */
    void refunds(RefundWallet wallet) {
        open(Optional.of(wallet));
    }

    private void open(Optional<RefundWallet> refunds) {
        OrderAdvancer orders = advancer.apply(refunds);
        checkout = checkouts.apply(orders);
        creditCheckout = creditCheckouts.apply(orders);
        resumption = resumptions.apply(orders);
    }

    /** What a day costs at the first price. */
    static Usdc day() {
        return FakeCatalogue.FIRST_HOURLY.times(24);
    }

    CheckoutResult buy(PaymentPayload payment) {
        return buy(BODY, new DecodedPayment.Decoded(payment), Optional.empty());
    }

    CheckoutResult buy(String body, DecodedPayment payment, Optional<Wallet> caller) {
        return buy(body, payment, caller, deadline());
    }

    CheckoutResult buy(String body, DecodedPayment payment, Optional<Wallet> caller, Instant deadline) {
        return buy(body, payment, caller, Optional.empty(), deadline);
    }

    /** Under a key. */
    CheckoutResult buy(String key, PaymentPayload payment) {
        return buy(BODY, new DecodedPayment.Decoded(payment), Optional.empty(), Optional.of(new IdempotencyKey(key)),
                deadline());
    }

    CheckoutResult buy(String body, DecodedPayment payment, Optional<Wallet> caller, Optional<IdempotencyKey> key,
            Instant deadline) {
        Purchase purchase = purchases.provision(body(body), "/compute/provision", "https://api/compute/provision");
        return checkout.checkout(purchase, payment, caller, key, deadline);
    }

    /** Moves a machine to another plan. */
    OperationResult resize(Instance instance, String plan) {
        Upgrade upgrade = upgrades.upgrade(instance,
                ResizeRequest.of(body("{\"plan\":\"" + plan + "\",\"confirm_disk_resize\":true}")));
        return operations.resize(instance, upgrade, deadline());
    }

    /** Claims an order for a machine that is paid with credit, and leaves the rest to the resumer. */
    void placeWithCredit(Wallet payer, Usdc amount) {
        Purchase purchase = purchases.provision(body(BODY), "/compute/provision", "https://api/compute/provision");
        Instant now = clock.instant();
        ledger.claim(Claim.of(new PaymentKey("credits/" + payer + "/" + UUID.randomUUID()),
                new Tender.Credit(payer, amount), purchase.bind(), now, now));
    }

    /** As {@link #placeWithCredit}, for a day more of the only machine. */
    Claim placeTimeWithCredit(Wallet payer) {
        Instant now = clock.instant();
        Claim placed = Claim.of(new PaymentKey("credits/" + payer + "/" + UUID.randomUUID()),
                new Tender.Credit(payer, day()), extension(instances.only(), "{}").bind(), now, now);
        ledger.claim(placed);
        return placed;
    }

    /** Claims a day more of the only machine for this payment, and leaves the rest to the resumer. */
    Claim placeTime(Payment paid) {
        Instant now = clock.instant();
        Claim placed = Claim.of(paid, extension(instances.only(), "{}").bind(), now, now);
        ledger.claim(placed);
        return placed;
    }

    CheckoutResult buyWithCredit(String body, Wallet payer, String name) {
        Purchase purchase = purchases.provision(body(body), "/compute/provision", "https://api/compute/provision");
        return creditCheckout.checkout(purchase, payer, new IdempotencyKey(name), deadline());
    }

    CheckoutResult extendWithCredit(String body, Wallet payer, String name) {
        return extendWithCredit(instances.only(), body, payer, name);
    }

    CheckoutResult extendWithCredit(Instance instance, String body, Wallet payer, String name) {
        return creditCheckout.checkout(extension(instance, body), payer, new IdempotencyKey(name), deadline());
    }

    /** Buys a run of that service. */
    CheckoutResult run(Service service, PaymentPayload payment) {
        return run(wish(service), payment, Optional.empty());
    }

    CheckoutResult run(Purchase purchase, PaymentPayload payment, Optional<IdempotencyKey> key) {
        return checkout.checkout(purchase, new DecodedPayment.Decoded(payment), Optional.empty(), key, deadline());
    }

    CheckoutResult runWithCredit(Service service, Wallet payer, String name) {
        return runWithCredit(service, payer, name, deadline());
    }

    CheckoutResult runWithCredit(Service service, Wallet payer, String name, Instant deadline) {
        return creditCheckout.checkout(wish(service), payer, new IdempotencyKey(name), deadline);
    }

    Purchase wish(Service service) {
        return wish(service, "a cat");
    }

    Purchase wish(Service service, String prompt) {
        return new RunPurchase(new RunRequest(service.key(), Json.object().put("prompt", prompt), Priority.FAST,
                Optional.empty()), service, new Resource("https://api/v1/run", "A run", Purchases.JSON),
                Optional.empty(), new RunPrices(runs, Optional.empty(), clock), UUID::randomUUID, UUID::randomUUID);
    }

    CheckoutResult topUp(String body, DecodedPayment payment) {
        String path = "/compute/credits/topup";
        return checkout.checkout(topUps.topUp(body(body), path, "https://api" + path), payment, Optional.empty(),
                Optional.empty(), deadline());
    }

    /** Credit that fell from the sky. */
    void gift(Wallet wallet, Usdc amount) {
        credits.give(wallet, amount, new OrderId(UUID.randomUUID()), "gift", clock.instant());
    }

    /** Its owner sends that to have it extended automatically. */
    Instance autoExtend(Instance instance, String body) {
        return autoExtends.set(instance, AutoExtendRequest.of(body(body), limits).terms());
    }

    PasswordReveal.Outcome reveal(Instance instance) {
        return reveal.reveal(instance, deadline());
    }

    void destroy(Instance instance) {
        terminator.end(instance, InstanceState.DESTROYED, "owner_request");
    }

    void fail(Instance instance, String reason) {
        terminator.end(instance, InstanceState.FAILED, reason);
    }

    CheckoutResult extend(String body, DecodedPayment payment, Optional<Wallet> caller) {
        return extend(instances.only(), body, payment, caller);
    }

    CheckoutResult extend(Instance instance, String body, DecodedPayment payment, Optional<Wallet> caller) {
        return checkout.checkout(extension(instance, body), payment, caller, Optional.empty(), deadline());
    }

    private Purchase extension(Instance instance, String body) {
        String path = "/compute/instances/" + instance.id() + "/extend";
        return purchases.extend(instance.id().toString(), body(body), path, "https://api" + path);
    }

    Quote quote(Map<String, String> query) {
        return purchases.quote(QuoteTest.query(query));
    }

    Quote quoteExtension(Instance instance, Map<String, String> query, Wallet caller) {
        return purchases.quoteExtension(instance.id().toString(), QuoteTest.query(query), caller);
    }

    /** The claim a checkout ended in. */
    static Claim order(CheckoutResult result) {
        return ((CheckoutResult.Ordered) result).claim();
    }

    static String refusal(CheckoutResult result) {
        return ((CheckoutResult.Challenged) result).challenge().error();
    }

    PaymentPayload payment(EvmWallet wallet, Usdc amount) {
        return payment(wallet, amount, "0x" + UUID.randomUUID().toString().replace("-", "").repeat(2));
    }

    PaymentPayload payment(EvmWallet wallet, Usdc amount, String nonce) {
        return payment(wallet, OPERATOR, amount, nonce);
    }

    PaymentPayload payment(EvmWallet wallet, String payee, Usdc amount, String nonce) {
        long now = clock.instant().getEpochSecond();
        Eip3009Authorization authorization = new Eip3009Authorization(Hex.lowerCase(wallet.address()), payee,
                BigInteger.valueOf(amount.micros()), BigInteger.ZERO, BigInteger.valueOf(now + 300), nonce);
        return new PaymentPayload(1, PaymentRequirements.EXACT, Network.BASE,
                wallet.authorize(authorization, offer.withAmount(amount)), Optional.empty(), Optional.empty());
    }

    /** A payment of as much as will have been used, at most that. */
    PaymentPayload upTo(EvmWallet wallet, Usdc most) {
        PaymentRequirements metered = permit2Offer.withAmount(most).upTo(OPERATOR);
        Permit2Authorization permit = new Permit2Authorization(wallet.wallet().address(),
                Hex.lowerCase(offer.asset()), BigInteger.valueOf(most.micros()),
                Hex.lowerCase(UptoPermit2Proxy.ADDRESS),
                new BigInteger(UUID.randomUUID().toString().replace("-", ""), 16),
                BigInteger.valueOf(clock.instant().getEpochSecond() + 300), OPERATOR, BigInteger.ZERO);
        return new PaymentPayload(2, PaymentRequirements.UPTO, Network.BASE,
                wallet.authorizeUpTo(permit, OPERATOR, Network.BASE), Optional.of(metered.toV2Json()),
                Optional.empty());
    }

    /** The same as it is settled. */
    Payment taken(PaymentPayload maximum, Usdc taken) {
        return new Payment(maximum, permit2Offer.upTo(OPERATOR).withAmount(taken));
    }

    Payment judged(PaymentPayload payload, Usdc amount) {
        return new Payment(payload, offer.withAmount(amount));
    }

    /** A minute passes and both sweepers run. */
    void minute() {
        clock.advance(Duration.ofMinutes(1));
        resume();
        sweep();
    }

    void resume() {
        resumption.resume(clock.instant().plusSeconds(55));
    }

    void sweep() {
        sweep.sweep(clock.instant().plusSeconds(55));
    }

    void minutes(int count) {
        for (int i = 0; i < count; i++) {
            minute();
        }
    }

    private RequestBody body(String text) {
        return RequestBody.of(new ApiRequest("POST", "/", Map.of(), Map.of(), "", Map.of(),
                text.getBytes(StandardCharsets.UTF_8), "test", "https://api", deadline()));
    }

    Instant deadline() {
        return clock.instant().plusSeconds(29);
    }
}
