package io.x402compute.simulation.world;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.x402compute.simulation.schedule.Scheduler;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

/**
 * The token's contract, where an authorization moves its money once, whoever brings it, and a permit for a maximum as much as its
 * facilitator says; and our node, which shows the chain as it
 * was some time ago, if it shows it at all.
 */
public final class Token implements TransferLookup {

    /** Money that has moved, for good. */
    public record Transfer(PaymentKey key, String from, String to, long micros, String transaction, Instant at) {}

    private final Scheduler scheduler;
    private final Weather weather;
    private final Map<String, Long> balances = new HashMap<>();
    private final Map<PaymentKey, Transfer> transfers = new LinkedHashMap<>();
    private long unreadableUntil;

    Token(Scheduler scheduler, Weather weather) {
        this.scheduler = scheduler;
        this.weather = weather;
    }

    public void mint(String account, long micros) {
        balances.merge(account, micros, Long::sum);
    }

    public long balance(String account) {
        return balances.getOrDefault(account, 0L);
    }

    /** All that ever came from there. */
    public List<Transfer> from(String account) {
        return transfers.values().stream().filter(transfer -> transfer.from().equals(account)).toList();
    }

    /** All that ever went there. */
    public List<Transfer> to(String account) {
        return transfers.values().stream().filter(transfer -> transfer.to().equals(account)).toList();
    }

    public boolean hasMoved(PaymentKey key) {
        return transfers.containsKey(key);
    }

    /** Nobody can read the chain for so long. */
    public void unreadable(long millis) {
        unreadableUntil = scheduler.millis() + millis;
    }

    /** Anyone may bring an authorization; whether it moves anything is for the contract to say. A maximum only moves for us. */
    public void bringAsStranger(Payment payment) {
        if (payment.metered().isEmpty()) {
            bring(payment);
        }
    }

    boolean bring(Payment payment) {
        Signed transfer = Signed.of(payment);
        long amount = payment.metered().orElse(transfer.most()).micros();
        boolean moves = !hasMoved(payment.key()) && isValidAt(payment, scheduler.now())
                && balance(transfer.from()) >= amount;
        if (moves) {
            String transaction = "0x" + "%064x".formatted(transfers.size() + 1);
            balances.merge(transfer.from(), -amount, Long::sum);
            balances.merge(transfer.to(), amount, Long::sum);
            transfers.put(payment.key(), new Transfer(payment.key(), transfer.from(), transfer.to(), amount,
                    transaction, scheduler.now()));
        }
        return moves;
    }

    String transaction(PaymentKey key) {
        return transfers.get(key).transaction();
    }

    @Override
    public TransferEvidence find(Payment payment) {
        if (scheduler.millis() < unreadableUntil || weather.strikes(weather.climate().chain(), "chain unreadable")) {
            return new TransferEvidence.Unreadable("no route to host");
        }
        Instant asOf = scheduler.now().minusMillis(weather.climate().nodeLag());
        Transfer moved = transfers.get(payment.key());
        return moved != null && !moved.at().isAfter(asOf)
                ? new TransferEvidence.Moved(moved.transaction(),
                        payment.metered().map(asked -> new Usdc(moved.micros())))
                : new TransferEvidence.NotMoved(isValidAt(payment, asOf));
    }

    private static boolean isValidAt(Payment payment, Instant at) {
        return at.isBefore(Signed.of(payment).validBefore());
    }

    /** What a payer has signed. */
    record Signed(String from, String to, Usdc most, Instant validBefore) {

        static Signed of(Payment payment) {
            return switch (payment.payload().schemePayload()) {
                case SchemePayload.Eip3009(Eip3009Authorization signed, String _) ->
                    of(signed.from(), signed.to(), signed.value(), signed.validBefore());
                case SchemePayload.Upto(Permit2Authorization permit, String _, String _) ->
                    of(permit.from(), permit.to(), permit.amount(), permit.deadline());
                case SchemePayload.Permit2 other -> throw new AssertionError("nobody in these histories signs that");
                case SchemePayload.Solana other -> throw new AssertionError("nobody in these histories signs that");
            };
        }

        private static Signed of(String from, String to, BigInteger most, BigInteger validBefore) {
            return new Signed(from, to, new Usdc(most.longValueExact()),
                    Instant.ofEpochSecond(validBefore.longValueExact()));
        }
    }
}
