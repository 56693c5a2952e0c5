package io.x402compute.order;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;
import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.TokenBalance;

/** Measures what the refund wallet can still pay. */
public final class RefundBalance {
    private static final int MICROS_SCALE = 6;

    private final Optional<RefundWallet> wallet;
    private final TokenBalance usdc;

    /** @param wallet empty where what is owed back is credited */
    public RefundBalance(Optional<RefundWallet> wallet, TokenBalance usdc) {
        this.wallet = wallet;
        this.usdc = usdc;
    }

    /** Nothing where there is no wallet, or while neither it nor the chain can be asked. */
    public List<Gauge> gauges() {
        Optional<EvmWallet> open = wallet.flatMap(RefundWallet::open);
        try {
            return open.isEmpty()
                    ? List.of()
                    : usdc.of(open.get().address()).map(micros -> new BigDecimal(micros, MICROS_SCALE))
                            .map(dollars -> new Gauge(Metric.REFUND_WALLET_BALANCE, dollars)).stream().toList();
        } catch (ChainUnavailable e) {
            return List.of();
        }
    }
}
