package io.x402compute.order;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;
import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.TokenBalance;
import io.x402compute.x402.facilitator.SettlingGas;
import io.x402compute.x402.facilitator.SettlingLamports;

/**
 * Measures what the operator has to keep filled on the chain. Whoever advances orders holds the keys of these wallets anyway; nobody
 * else is to read a key only to learn its address.
 */
public final class OperatorWallets {
    private static final int MICROS_SCALE = 6;
    /** Five questions to nodes that answer none of them. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    private final Optional<SettlingGas> gas;
    private final Optional<SettlingLamports> lamports;
    private final Optional<RefundWallet> refunds;
    private final TokenBalance usdc;
    private final Clock clock;

    /**
     * @param gas empty where somebody else settles
     * @param lamports empty where Solana is not offered
     * @param refunds empty where what is owed back is credited
     */
    public OperatorWallets(Optional<SettlingGas> gas, Optional<SettlingLamports> lamports,
            Optional<RefundWallet> refunds, TokenBalance usdc, Clock clock) {
        this.gas = gas;
        this.lamports = lamports;
        this.refunds = refunds;
        this.usdc = usdc;
        this.clock = clock;
    }

    /** What can be read now; a busy minute has no time for it, and the next one has. */
    public List<Gauge> gauges(Instant deadline) {
        return clock.instant().plus(LONGEST).isAfter(deadline)
                ? List.of()
                : Stream.of(settlements(), settlementsOnSolana(), refundable()).flatMap(Optional::stream).toList();
    }

    private Optional<Gauge> settlements() {
        return gas.map(SettlingGas::settlements).filter(payable -> payable.isPresent())
                .map(payable -> Gauge.of(Metric.PAYABLE_SETTLEMENTS, payable.getAsLong()));
    }

    private Optional<Gauge> settlementsOnSolana() {
        return lamports.map(SettlingLamports::settlements).filter(payable -> payable.isPresent())
                .map(payable -> Gauge.of(Metric.PAYABLE_SOLANA_SETTLEMENTS, payable.getAsLong()));
    }

    private Optional<Gauge> refundable() {
        Optional<EvmWallet> open = refunds.flatMap(RefundWallet::open);
        try {
            return open.isEmpty()
                    ? Optional.empty()
                    : usdc.of(open.get().address()).map(micros -> new Gauge(Metric.REFUND_WALLET_BALANCE,
                            new BigDecimal(micros, MICROS_SCALE)));
        } catch (ChainUnavailable e) {
            return Optional.empty();
        }
    }
}
