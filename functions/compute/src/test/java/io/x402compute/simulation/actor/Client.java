package io.x402compute.simulation.actor;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import io.x402compute.http.IdempotencyKey;
import io.x402compute.instance.AutoExtendTerms;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.OperationKind;
import io.x402compute.instance.PasswordReveal;
import io.x402compute.order.CheckoutResult;
import io.x402compute.payment.PaymentState;
import io.x402compute.simulation.world.Functions;
import io.x402compute.simulation.world.Wish;
import io.x402compute.simulation.world.World;
import io.x402compute.x402.evm.UptoPermit2Proxy;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** An agent with a wallet: asks for a price, signs, sends, and sends again when it has not heard how it ended. */
final class Client {
    private final World world;
    private final Functions functions;
    private final Journal journal;
    private final Wallet wallet;

    Client(World world, Functions functions, Journal journal, Wallet wallet) {
        this.world = world;
        this.functions = functions;
        this.journal = journal;
        this.wallet = wallet;
    }

    /** A price for it, signed. Empty if there was none. */
    Optional<Sale> signed(Wish wish) {
        return signed(wish, Optional.empty());
    }

    /** The same, to be bought under that name. */
    Optional<Sale> signed(Wish wish, Optional<IdempotencyKey> name) {
        Instant quotedAt = world.now();
        return switch (ask(wish, new DecodedPayment.None(), Optional.empty())) {
            case Answer.Challenge challenge -> Optional.of(new Sale(wallet, wish,
                    new Means.Signed(sign(wish, challenge.amount()), name), quotedAt));
            case Answer.Silence(),Answer.Refused(int _, String _),Answer.Order _ -> Optional.empty();
        };
    }

    /** The same to be paid with credit. */
    Sale withCredit(Wish wish) {
        return new Sale(wallet, wish, new Means.Credit(new IdempotencyKey(world.newId().toString())), world.now());
    }

    /** Usually for as long as the offer holds; some sign for hours. */
    private Payment sign(Wish wish, Usdc amount) {
        PaymentRequirements offer = Functions.OFFER.withAmount(amount);
        SplittableRandom random = world.scheduler().running().random();
        long validBefore = world.now().getEpochSecond() + (random.nextInt(4) == 0 ? 7_200 : offer.maxTimeoutSeconds());
        long first = random.nextLong();
        String nonce = "0x%016x%016x".formatted(first, random.nextLong()) + "0".repeat(32);
        boolean knowsMaxima = first % 2 == 0;
        if (knowsMaxima && wish instanceof Wish.ARun run && run.isMetered()) {
            return signMaximum(amount, validBefore, new BigInteger(nonce.substring(2), 16));
        }
        var authorization = new Eip3009Authorization(wallet.address(), World.OPERATOR,
                BigInteger.valueOf(offer.amount().micros()), BigInteger.ZERO, BigInteger.valueOf(validBefore), nonce);
        return new Payment(new PaymentPayload(1, PaymentRequirements.EXACT, Network.BASE,
                new SchemePayload.Eip3009(authorization, World.SIGNATURE), Optional.empty(), Optional.empty()), offer);
    }

    private Payment signMaximum(Usdc most, long deadline, BigInteger nonce) {
        PaymentRequirements offer = Functions.METERED_OFFER.withAmount(most);
        var permit = new Permit2Authorization(wallet.address(), Hex.lowerCase(offer.asset()),
                BigInteger.valueOf(most.micros()), Hex.lowerCase(UptoPermit2Proxy.ADDRESS), nonce,
                BigInteger.valueOf(deadline), World.OPERATOR, BigInteger.ZERO);
        return new Payment(new PaymentPayload(2, PaymentRequirements.UPTO, Network.BASE,
                new SchemePayload.Upto(permit, World.OPERATOR, World.SIGNATURE), Optional.of(offer.toV2Json()),
                Optional.empty()), offer);
    }

    /** Sends a sale's request with its payment, once. */
    Answer send(Sale sale) {
        if (!journal.sales().contains(sale)) {
            journal.sales().add(sale);
        }
        Instant askedAt = world.now();
        Answer answer = ask(sale.wish(), sale.means());
        sale.told().add(new Told(askedAt, world.now(), answer));
        world.trace().note(() -> "is told " + answer);
        return answer;
    }

    /** Sends until it has heard something final, or has had enough. */
    void insist(Sale sale, int patience) {
        for (int attempt = 0; attempt <= patience; attempt++) {
            if (isEnough(send(sale))) {
                return;
            }
            world.scheduler().pause(1_000 + world.weather().pick(40_000));
        }
    }

    private static boolean isEnough(Answer answer) {
        return switch (answer) {
            case Answer.Order order -> order.state().isFinal() || order.isDelivered()
                    || order.state() == PaymentState.RUN_FAILED;
            case Answer.Challenge _ -> true;
            case Answer.Refused(int status, String _) -> status < 500;
            case Answer.Silence() -> false;
        };
    }

    /** The payment of one request with another one. */
    void misuse(Sale sale) {
        boolean known = sale.order().isPresent();
        if (!known && sale.payment().isEmpty()) {
            // Under a name that was not used yet it is simply another purchase.
            return;
        }
        if (sale.payment().flatMap(Payment::metered).isPresent()) {
            // Machines are not metered, so a maximum is no payment for one, whatever else it has bought.
            return;
        }
        Instant askedAt = world.now();
        Answer answer = ask(new Wish.AMachine(sale.wish().hours() + 1, false), sale.means());
        if (known) {
            journal.misuses().add(new Told(askedAt, world.now(), answer));
        }
    }

    void destroy(InstanceId id) {
        journal.unwanted().add(id);
        Platform.answer(world, deadline -> {
            functions.destroy(id, wallet);
            return new Answer.Silence();
        });
    }

    void power(InstanceId id, OperationKind kind) {
        Platform.answer(world, deadline -> {
            functions.power(id, wallet, kind, deadline);
            return new Answer.Silence();
        });
    }

    /** From now on it may cost that much, or, without terms, nothing more. */
    void autoExtend(InstanceId id, Optional<AutoExtendTerms> terms) {
        terms.ifPresent(wanted -> journal.allows(id, wanted.ceiling()));
        Platform.answer(world, deadline -> {
            functions.autoExtend(id, wallet, terms);
            return new Answer.Silence();
        });
    }

    void reveal(InstanceId id) {
        Platform.answer(world, deadline -> {
            if (functions.reveal(id, wallet, deadline) instanceof PasswordReveal.Outcome.Revealed) {
                journal.revealed().add(id);
            }
            return new Answer.Silence();
        });
    }

    /** What it has been told that it has. */
    List<Instance> machines() {
        return journal.sales().stream()
                .filter(sale -> sale.buyer().equals(wallet) && sale.wish() instanceof Wish.AMachine)
                .flatMap(sale -> sale.order().stream()).filter(Answer.Order::isDelivered)
                .flatMap(order -> world.instances().find(InstanceId.of(order.subject())).stream()).toList();
    }

    private Answer ask(Wish wish, Means means) {
        return switch (means) {
            case Means.Signed signed ->
                ask(wish, new DecodedPayment.Decoded(signed.payment().payload()), signed.name());
            case Means.Credit credit -> Platform.answer(world, deadline -> Answer.of(
                    functions.buyWithCredit(functions.wanted(wish, deadline), wallet, credit.name(), deadline)));
        };
    }

    private Answer ask(Wish wish, DecodedPayment payment, Optional<IdempotencyKey> name) {
        return Platform.answer(world, deadline -> {
            CheckoutResult result = functions.buy(functions.wanted(wish, deadline), payment, name, deadline);
            return Answer.of(result);
        });
    }
}
