package io.x402compute.simulation.actor;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;

import io.x402compute.http.IdempotencyKey;
import io.x402compute.instance.AutoExtendTerms;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.MachineKind;
import io.x402compute.instance.OperationKind;
import io.x402compute.payment.OrderId;
import io.x402compute.simulation.schedule.Scheduler;
import io.x402compute.simulation.world.Functions;
import io.x402compute.simulation.world.Site;
import io.x402compute.simulation.world.Wish;
import io.x402compute.simulation.world.World;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Does what is to be done. */
public final class Cast {
    private static final long RICH = 1_000_000_000;
    /** The second cannot pay for all that it wants. */
    private static final List<Wallet> WALLETS = List.of(new Wallet("0x" + "a1".repeat(20)),
            new Wallet("0x" + "b2".repeat(20)));
    /** Each order of such a machine costs a hash that is slow by design. */
    private static final int KEYLESS_ONE_IN = 400;

    private final World world;
    private final Functions functions;
    private final Journal journal;

    public Cast(World world, Functions functions, Journal journal) {
        this.world = world;
        this.functions = functions;
        this.journal = journal;
        world.token().mint(WALLETS.get(0).address(), RICH);
        world.token().mint(WALLETS.get(1).address(), 400_000);
        world.token().mint(World.REFUNDER.wallet().address(), 150_000);
        for (Wallet wallet : WALLETS) {
            world.credits().give(wallet, new Usdc(150_000), new OrderId(new UUID(0, wallet.hashCode())), World.GIFT,
                    World.START);
        }
    }

    public static List<Wallet> wallets() {
        return WALLETS;
    }

    public Journal journal() {
        return journal;
    }

    public void begin(Deed deed) {
        world.scheduler().start(deed.name(), World.START.toEpochMilli() + deed.at(), () -> act(deed));
    }

    /** The operator sees to it that there is enough to give back. */
    public void fillRefundWallet() {
        world.token().mint(World.REFUNDER.wallet().address(), RICH);
    }

    /** Everybody sends everything once more. */
    public void presentAll() {
        present(List.copyOf(journal.sales()));
    }

    /** Everybody who was told how an order ended asks for it once more. */
    public void presentOrdered() {
        present(journal.sales().stream()
                .filter(sale -> sale.order().filter(order -> order.state().isFinal()).isPresent()).toList());
    }

    private void present(List<Sale> sales) {
        sales.forEach(sale -> client(sale.buyer()).insist(sale, 2));
    }

    private void act(Deed deed) {
        Client client = client(WALLETS.get(random().nextInt(4) == 0 ? 1 : 0));
        switch (deed.kind()) {
            case BUY -> client.signed(machine()).ifPresent(sale -> client.insist(sale, random().nextInt(4)));
            case BUY_TWICE_AT_ONCE -> client.signed(machine()).ifPresent(sale -> twice(deed, client, sale));
            case BUY_UNDER_A_NAME -> buyUnderAName(deed, client);
            case BUY_WITH_CREDIT -> twiceOrOnce(deed, client, client.withCredit(machine()));
            case SPEND_ALL_AT_ONCE -> {
                world.scheduler().start(deed.name() + " as well", world.scheduler().millis(),
                        () -> client.insist(client.withCredit(new Wish.AMachine(2, false)), 1));
                client.insist(client.withCredit(new Wish.AMachine(2, false)), 1);
            }
            case EXTEND_WITH_CREDIT -> any(client.machines()).ifPresent(instance -> twiceOrOnce(deed, client,
                    client.withCredit(new Wish.Time(instance.id(), hours()))));
            case TOP_UP -> client.signed(new Wish.Credit(1 + random().nextInt(2)))
                    .ifPresent(sale -> twiceOrOnce(deed, client, sale));
            case AUTO_EXTEND -> any(client.machines()).ifPresent(instance -> client.autoExtend(instance.id(),
                    random().nextInt(5) == 0 ? Optional.empty() : Optional.of(terms())));
            case SEND_AGAIN -> anySale(sale -> client(sale.buyer()).send(sale));
            case MISUSE -> anySale(sale -> client(sale.buyer()).misuse(sale));
            case EXTEND ->
                any(client.machines()).flatMap(instance -> client.signed(new Wish.Time(instance.id(), hours())))
                        .ifPresent(sale -> client.insist(sale, random().nextInt(4)));
            case EXTEND_AT_THE_LAST_MOMENT ->
                any(client.machines()).ifPresent(instance -> extendLate(client, instance));
            case DESTROY -> any(client.machines()).ifPresent(instance -> client.destroy(instance.id()));
            case POWER -> any(client.machines()).ifPresent(instance -> client.power(instance.id(),
                    List.of(OperationKind.START, OperationKind.STOP, OperationKind.REBOOT).get(random().nextInt(3))));
            case REVEAL -> any(client.machines()).ifPresent(instance -> client.reveal(instance.id()));
            case FRONT_RUN -> frontRun();
            case CHANGE_PRICE -> world.shelf().price(new Usdc(60_000 + random().nextInt(3) * 5_400));
            case SELL_OUT -> sellOut();
            case PROVIDER_OUTAGE -> world.provider().down(random().nextInt(1_800_000));
            case FACILITATOR_OUTAGE -> world.facilitator().down(random().nextInt(600_000));
            case CHAIN_OUTAGE -> world.token().unreadable(random().nextInt(600_000));
            case STRANGERS_MACHINE -> journal.foreign().add(world.provider().add(kind(), "op-" + world.newId(),
                    "x402compute:somebody-else").id());
            case ORPHAN -> world.provider().orphan(kind(), "op-" + world.newId());
            case TWIN -> any(client.machines()).ifPresent(
                    instance -> world.provider().twin(instance.operationId()));
            case RUN -> client.signed(run()).ifPresent(sale -> client.insist(sale, random().nextInt(4)));
            case RUN_TWICE_AT_ONCE -> runTwice(deed, client);
            case RUN_WITH_CREDIT -> twiceOrOnce(deed, client, client.withCredit(run()));
            case EMPTY_WALLET -> emptyForAWhile(WALLETS.get(random().nextInt(WALLETS.size())).address());
            case VANISH -> any(world.provider().sites().stream().filter(Site::isLive).toList()).ifPresent(site -> {
                journal.vanished().add(site.id());
                world.provider().vanish(site);
            });
        }
    }

    private Wish run() {
        return new Wish.ARun(Wish.ARun.SERVICES.get(random().nextInt(Wish.ARun.SERVICES.size())));
    }

    /** Two payments at once, of money that may be enough for one of them. */
    private void runTwice(Deed deed, Client client) {
        Wish wish = run();
        client.signed(wish).ifPresent(sale -> world.scheduler().start(deed.name() + " as well",
                world.scheduler().millis(), () -> client.insist(sale, random().nextInt(3))));
        client.signed(wish).ifPresent(sale -> client.insist(sale, random().nextInt(3)));
    }

    private void emptyForAWhile(String wallet) {
        long all = world.token().balance(wallet);
        world.token().mint(wallet, -all);
        world.scheduler().pause(random().nextInt(600_000));
        world.token().mint(wallet, all);
    }

    private Wish machine() {
        return new Wish.AMachine(hours(), random().nextInt(KEYLESS_ONE_IN) == 0);
    }

    /** Signs anew for what it has not heard of, as some do: whatever it is paid with, one name buys one machine. */
    private void buyUnderAName(Deed deed, Client client) {
        Wish wish = machine();
        Optional<IdempotencyKey> name = Optional.of(new IdempotencyKey(deed.name() + world.newId()));
        for (int payment = 0; payment < 2; payment++) {
            client.signed(wish, name).ifPresent(sale -> client.insist(sale, random().nextInt(2)));
        }
    }

    private void twiceOrOnce(Deed deed, Client client, Sale sale) {
        if (random().nextBoolean()) {
            twice(deed, client, sale);
        } else {
            client.insist(sale, random().nextInt(3));
        }
    }

    private void twice(Deed deed, Client client, Sale sale) {
        world.scheduler().start(deed.name() + " as well", world.scheduler().millis(),
                () -> client.insist(sale, random().nextInt(2)));
        client.insist(sale, random().nextInt(3));
    }

    private void extendLate(Client client, Instance instance) {
        if (instance.state() == InstanceState.TERMINATING || instance.state().isFinal()) {
            return;
        }
        Scheduler scheduler = world.scheduler();
        long left = instance.expiresAt().toEpochMilli() - scheduler.millis();
        scheduler.pause(Math.max(0, left - 20_000 + random().nextInt(18_000)));
        client.signed(new Wish.Time(instance.id(), hours())).ifPresent(sale -> {
            // The minute's sweep comes when it comes.
            scheduler.start("ExpireInstances at the end of " + instance.id(),
                    instance.expiresAt().toEpochMilli() + random().nextInt(2_000),
                    () -> Platform.schedule(world, Platform.MINUTELY, functions::expireInstances));
            long toEnd = instance.expiresAt().toEpochMilli() - scheduler.millis();
            scheduler.pause(Math.max(0, toEnd - random().nextInt(3_000)));
            client.insist(sale, random().nextInt(4));
        });
    }

    /** Not what is bought under a name: of two payments for one order the other is nobody's, if a stranger lets it out. */
    private void frontRun() {
        any(journal.sales().stream().filter(sale -> sale.name().isEmpty()).toList())
                .flatMap(Sale::payment).ifPresent(world.token()::bringAsStranger);
    }

    private void sellOut() {
        boolean noticed = random().nextBoolean();
        if (noticed) {
            world.shelf().stock(false);
        }
        world.provider().soldOut(true);
        world.scheduler().pause(random().nextInt(600_000));
        world.provider().soldOut(false);
        world.shelf().stock(true);
    }

    private void anySale(Consumer<Sale> act) {
        any(journal.sales()).ifPresent(act);
    }

    private <T> Optional<T> any(List<T> of) {
        return of.isEmpty() ? Optional.empty() : Optional.of(of.get(random().nextInt(of.size())));
    }

    /** For one extension or a few. */
    private AutoExtendTerms terms() {
        return new AutoExtendTerms(hours(), new Usdc(50_000 + random().nextInt(300_000)));
    }

    private int hours() {
        return 1 + random().nextInt(2);
    }

    private MachineKind kind() {
        return random().nextBoolean() ? MachineKind.INSTANCE : MachineKind.BARE_METAL;
    }

    private Client client(Wallet wallet) {
        return new Client(world, functions, journal, wallet);
    }

    private SplittableRandom random() {
        return world.scheduler().running().random();
    }
}
