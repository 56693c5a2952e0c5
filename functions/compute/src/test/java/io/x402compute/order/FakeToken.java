package io.x402compute.order;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Repricing;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;

/**
 * A token and its facilitator in memory: an authorization, or a permit for a maximum, moves money once, and the facilitator's
 * answers can go wrong.
 */
final class FakeToken implements Facilitator, TransferLookup {
    /** What goes wrong with the next settlement. */
    enum Trouble {
        /** Nothing, this time. */
        NONE,
        /** Settled, and the answer says nothing. */
        TIMEOUT_AFTER_SETTLING,
        /** Not sent, and the answer says nothing. */
        TIMEOUT_BEFORE_SENDING,
        /** Settled, and the answer says that it was refused. */
        REFUSED_AFTER_SETTLING,
        /** Not sent, and refused. */
        REFUSED,
        /** A stranger has sent it, which only the facilitator's node has seen yet. */
        REFUSED_A_BLOCK_AHEAD,
        /** Not sent, and never can be under this handle. */
        OUTNUMBERED
    }

    private final Clock clock;
    private final Map<String, BigInteger> balances = new HashMap<>();
    private final Map<PaymentKey, Settlement.Settled> moved = new HashMap<>();
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private final Set<PaymentKey> cancelled = new HashSet<>();
    private final List<SettlementHandle> repriced = new ArrayList<>();
    private Optional<Consumer<SettlementHandle>> watcher = Optional.empty();
    private Optional<Integer> priceOfNow = Optional.empty();
    private boolean unreachable;
    private boolean chainUnreadable;
    private int settlements;
    private Duration lastPatience = Duration.ZERO;

    FakeToken(Clock clock) {
        this.clock = clock;
    }

    void mint(String account, long micros) {
        balances.merge(account, BigInteger.valueOf(micros), BigInteger::add);
    }

    long balance(String account) {
        return balances.getOrDefault(account, BigInteger.ZERO).longValueExact();
    }

    int transfers() {
        return moved.size();
    }

    int settlementsAsked() {
        return settlements;
    }

    /** How long the last settlement was to be waited for. */
    Duration lastPatience() {
        return lastPatience;
    }

    void next(Trouble trouble) {
        troubles.add(trouble);
    }

    /** From now on nothing goes wrong, whatever was to. */
    void nothingGoesWrong() {
        troubles.clear();
    }

    /** From now on transactions are ours, and only those of this price are mined; the first offers are 0, dearer ones 1 more each. */
    void minesFrom(int price) {
        priceOfNow = Optional.of(price);
    }

    /** Handles that were made dearer, in their order. */
    List<SettlementHandle> repriced() {
        return List.copyOf(repriced);
    }

    /** Looks at what the next settlement is sent as. */
    void onNextSettlement(Consumer<SettlementHandle> look) {
        watcher = Optional.of(look);
    }

    void cancel(Payment payment) {
        cancelled.add(payment.key());
    }

    void unreachable(boolean now) {
        unreachable = now;
    }

    void chainUnreadable(boolean now) {
        chainUnreadable = now;
    }

    /** Anyone may broadcast an authorization. */
    void broadcastByStranger(Payment payment) {
        move(payment);
    }

    @Override
    public Verification verify(Payment payment) {
        if (unreachable) {
            return new Verification.Unavailable("no route to host");
        }
        Signed signed = Signed.of(payment);
        if (clock.instant().getEpochSecond() + 6 > signed.validBefore().longValueExact()) {
            return new Verification.Rejected("invalid_exact_evm_payload_authorization_valid_before", "");
        }
        if (!signed.most().equals(BigInteger.valueOf(payment.requirements().amount().micros()))) {
            return new Verification.Rejected("invalid_exact_evm_payload_authorization_value_mismatch", "");
        }
        if (moved.containsKey(payment.key())) {
            return new Verification.Rejected("invalid_exact_evm_nonce_already_used", "");
        }
        if (balances.getOrDefault(signed.from(), BigInteger.ZERO).compareTo(signed.most()) < 0) {
            return new Verification.Rejected("invalid_exact_evm_insufficient_balance", "");
        }
        return new Verification.Verified(payment.payer());
    }

    @Override
    public Preparation prepare(Payment payment) {
        if (unreachable) {
            return new Preparation.Unavailable("no route to host");
        }
        if (moved.containsKey(payment.key()) || cancelled.contains(payment.key())) {
            return new Preparation.Refused("invalid_exact_evm_nonce_already_used", "");
        }
        if (!isFunded(payment)) {
            return new Preparation.Refused("invalid_exact_evm_insufficient_balance", "");
        }
        return new Preparation.Prepared(priceOfNow.isPresent() ? ours(0) : SettlementHandle.REMOTE);
    }

    @Override
    public Repricing reprice(Payment payment, SettlementHandle handle) {
        if (priceOfNow.isEmpty()) {
            return new Repricing.Kept("its transactions are somebody else's");
        }
        SettlementHandle dearer = ours(price(handle) + 1);
        repriced.add(dearer);
        return new Repricing.Repriced(dearer);
    }

    private static SettlementHandle ours(int price) {
        return new SettlementHandle("0x" + "%064x".formatted(0xfee0 + price), "0x02%02x".formatted(price), 7);
    }

    private static int price(SettlementHandle handle) {
        return Integer.parseInt(handle.signedTransaction().substring(4), 16);
    }

    @Override
    public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
        settlements++;
        watcher.ifPresent(look -> look.accept(handle));
        watcher = Optional.empty();
        lastPatience = patience;
        if (unreachable) {
            return new Settlement.Unknown("", "no route to host");
        }
        if (priceOfNow.filter(price -> price(handle) < price).isPresent()) {
            return new Settlement.Unknown(handle.transaction(), "not mined yet");
        }
        return switch (troubles.poll()) {
            case TIMEOUT_AFTER_SETTLING -> {
                move(payment);
                yield new Settlement.Unknown("", "timeout");
            }
            case TIMEOUT_BEFORE_SENDING -> new Settlement.Unknown("", "timeout");
            case REFUSED_AFTER_SETTLING -> {
                move(payment);
                yield new Settlement.Refused("invalid_exact_evm_nonce_already_used", "", "");
            }
            case REFUSED_A_BLOCK_AHEAD -> new Settlement.Refused("invalid_exact_evm_nonce_already_used", "", "");
            case REFUSED -> new Settlement.Refused("invalid_exact_evm_insufficient_balance", "", "");
            case OUTNUMBERED -> new Settlement.Outnumbered("number 7 was used");
            case NONE -> moved(payment);
            case null -> moved(payment);
        };
    }

    private Settlement moved(Payment payment) {
        if (payment.isFree()) {
            return new Settlement.Settled("", payment.metered());
        }
        return move(payment)
                ? moved.get(payment.key())
                : new Settlement.Refused("invalid_exact_evm_transaction_failed", "", "");
    }

    @Override
    public TransferEvidence find(Payment payment) {
        if (chainUnreadable) {
            return new TransferEvidence.Unreadable("no route to host");
        }
        Settlement.Settled move = moved.get(payment.key());
        return move == null
                ? new TransferEvidence.NotMoved(isValid(payment) && !cancelled.contains(payment.key()))
                : new TransferEvidence.Moved(move.transaction(), move.metered());
    }

    private boolean move(Payment payment) {
        Signed signed = Signed.of(payment);
        if (moved.containsKey(payment.key()) || cancelled.contains(payment.key()) || !isValid(payment)
                || !isFunded(payment)) {
            return false;
        }
        moved.put(payment.key(), new Settlement.Settled("0x" + "%064x".formatted(moved.size() + 1), payment.metered()));
        balances.merge(signed.from(), signed.taken().negate(), BigInteger::add);
        balances.merge(signed.to(), signed.taken(), BigInteger::add);
        return true;
    }

    private boolean isFunded(Payment payment) {
        Signed signed = Signed.of(payment);
        return balances.getOrDefault(signed.from(), BigInteger.ZERO).compareTo(signed.taken()) >= 0;
    }

    private boolean isValid(Payment payment) {
        return clock.instant().isBefore(Instant.ofEpochSecond(Signed.of(payment).validBefore().longValueExact()));
    }

    /** @param taken as much as the terms ask for by now */
    private record Signed(String from, String to, BigInteger most, BigInteger taken, BigInteger validBefore) {

        static Signed of(Payment payment) {
            return switch (payment.payload().schemePayload()) {
                case SchemePayload.Eip3009(Eip3009Authorization signed, String _) ->
                    new Signed(signed.from(), signed.to(), signed.value(), signed.value(), signed.validBefore());
                case SchemePayload.Upto(Permit2Authorization permit, String _, String _) ->
                    new Signed(permit.from(), permit.to(), permit.amount(),
                            BigInteger.valueOf(payment.requirements().amount().micros()), permit.deadline());
                case SchemePayload.Permit2 other -> throw new AssertionError("not taken here");
                case SchemePayload.Solana other -> throw new AssertionError("not taken here");
            };
        }
    }
}
