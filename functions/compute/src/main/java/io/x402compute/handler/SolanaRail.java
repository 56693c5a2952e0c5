package io.x402compute.handler;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.SettlingLamports;
import io.x402compute.x402.facilitator.SolanaFacilitator;
import io.x402compute.x402.facilitator.SolanaProofs;
import io.x402compute.x402.facilitator.SolanaTransfers;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.facilitator.TransferProofs;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.UsdcMint;
import io.x402compute.x402.solana.RpcSolanaChain;
import io.x402compute.x402.solana.SolanaChain;
import io.x402compute.x402.solana.SolanaWallet;

/** The part of the rail that is on Solana, where the operator pays the fees of what payers have signed. */
final class SolanaRail {
    /** A blockhash lives little longer: to offer more time would be to promise what the chain does not keep. */
    private static final int OFFER_SECONDS = 60;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration NODE = Duration.ofSeconds(5);

    private final Settings settings;
    private final Clock clock;
    private final SolanaChain chain;
    private final Supplier<SolanaWallet> feePayer;

    /** @param feePayer the operator's key, asked for when something is verified or settled */
    SolanaRail(Settings settings, Clock clock, Supplier<SolanaWallet> feePayer) {
        this.settings = settings;
        this.clock = clock;
        this.chain = new RpcSolanaChain(settings.solanaRpcUrl(), CONNECT, NODE);
        this.feePayer = feePayer;
    }

    /** Paid upfront, as on the other network. */
    static PaymentRequirements offer(Settings settings) {
        Map<String, String> extra = Map.of(PaymentRequirements.FEE_PAYER, settings.solanaFeePayer(),
                PaymentRequirements.PAYMENT_FLOW, PaymentRequirements.UPFRONT);
        return new PaymentRequirements(PaymentRequirements.EXACT, settings.solanaNetwork(), Usdc.ZERO,
                UsdcMint.on(settings.solanaNetwork()).orElseThrow().asset(), settings.solanaPayTo(), OFFER_SECONDS,
                extra);
    }

    Facilitator facilitator() {
        return new SolanaFacilitator(chain, feePayer, settings.solanaNetwork(), settings.solanaFeeLimits(),
                Set.of(settings.solanaPayTo()), clock);
    }

    TransferLookup transfers() {
        return new SolanaTransfers(chain, feePayer);
    }

    TransferProofs proofs() {
        return new SolanaProofs(chain);
    }

    /**
     * What pays for settlements.
     *
     * @param readable the key, where it can be read
     */
    SettlingLamports lamports(Supplier<Optional<SolanaWallet>> readable) {
        return new SettlingLamports(chain, readable, settings.solanaFeeLimits());
    }
}
