package io.x402compute.handler;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.x402compute.order.PaymentTerms;
import io.x402compute.x402.evm.EvmChain;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.PayerSignature;
import io.x402compute.x402.evm.RpcEvmChain;
import io.x402compute.x402.evm.TokenBalance;
import io.x402compute.x402.facilitator.CoinbaseKey;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.FacilitatorsByNetwork;
import io.x402compute.x402.facilitator.FeeCap;
import io.x402compute.x402.facilitator.OnchainFacilitator;
import io.x402compute.x402.facilitator.OnchainProofs;
import io.x402compute.x402.facilitator.OnchainSettlingAccount;
import io.x402compute.x402.facilitator.OnchainTransfers;
import io.x402compute.x402.facilitator.ProofsByNetwork;
import io.x402compute.x402.facilitator.SettlingAccount;
import io.x402compute.x402.facilitator.SettlingGas;
import io.x402compute.x402.facilitator.SignerNonces;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.facilitator.TransferProofs;
import io.x402compute.x402.facilitator.TransfersByNetwork;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.UsdcToken;

/** How this deployment takes money: the offer it makes, who verifies and settles, and the chain that has the last word. */
final class PaymentRail {
    /** Long enough for a person to confirm, short enough that a price need not be honoured for long. */
    private static final int OFFER_SECONDS = 300;
    /** Six seconds of Base, whose sequencer has not yet taken a block back that others were built on. */
    private static final int CONFIRMATIONS = 3;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration NODE = Duration.ofSeconds(5);

    private final Settings settings;
    private final Clock clock;
    private final EvmChain chain;
    private final Optional<SolanaRail> solana;
    private final RankedFacilitators onEvm;

    /**
     * @param chain in place of the operator's node
     * @param solana where that is offered, too
     * @param coinbase finds the key for Coinbase, asked for where that settles, too
     */
    PaymentRail(Settings settings, Clock clock, Optional<EvmChain> chain, Optional<SolanaRail> solana,
            Supplier<Supplier<CoinbaseKey>> coinbase) {
        this.settings = settings;
        this.clock = clock;
        this.chain = chain.orElseGet(() -> new RpcEvmChain(settings.evmRpcUrl(), CONNECT, NODE));
        this.solana = solana;
        this.onEvm = new RankedFacilitators(settings, coinbase, clock);
    }

    PaymentTerms terms() {
        return terms(settings);
    }

    /**
     * The same where what is sold may cost less than was quoted.
     *
     * @param settler the account that then takes less, where it is ours
     */
    PaymentTerms terms(Supplier<EvmWallet> settler) {
        return settings.signsSettlements()
                ? new PaymentTerms(terms().offers(), Optional.of(() -> settler.get().address()))
                : terms();
    }

    /** Paid upfront: a machine that was handed over cannot be taken back when a settlement fails afterwards. */
    static PaymentTerms terms(Settings settings) {
        List<PaymentRequirements> offers = new ArrayList<>();
        offers.add(evmOffer(settings, Map.of()));
        if (settings.offersSolana()) {
            offers.add(SolanaRail.offer(settings));
        }
        // Last, since it needs an approval before: a client that can pay otherwise should.
        if (settings.offersPermit2()) {
            offers.add(evmOffer(settings,
                    Map.of(PaymentRequirements.ASSET_TRANSFER_METHOD, PaymentRequirements.PERMIT2)));
        }
        return new PaymentTerms(offers);
    }

    private static PaymentRequirements evmOffer(Settings settings, Map<String, String> method) {
        UsdcToken token = UsdcToken.on(settings.evmNetwork()).orElseThrow();
        Map<String, String> extra = new HashMap<>(method);
        extra.put("name", token.domainName());
        extra.put("version", token.domainVersion());
        extra.put(PaymentRequirements.PAYMENT_FLOW, PaymentRequirements.UPFRONT);
        return new PaymentRequirements(PaymentRequirements.EXACT, settings.evmNetwork(), Usdc.ZERO, token.asset(),
                settings.payTo(), OFFER_SECONDS, extra);
    }

    PayerSignature signatures() {
        return new PayerSignature(chain, settings.smartWalletFactories());
    }

    TransferLookup transfers() {
        Map<Network, TransferLookup> lookups = new HashMap<>();
        lookups.put(settings.evmNetwork(), new OnchainTransfers(chain));
        solana.ifPresent(rail -> lookups.put(settings.solanaNetwork(), rail.transfers()));
        return new TransfersByNetwork(lookups);
    }

    /** Where we are paid. */
    Set<Network> networks() {
        return terms().offers().stream().map(PaymentRequirements::network).collect(Collectors.toUnmodifiableSet());
    }

    /** Transactions that were made without us. */
    TransferProofs proofs() {
        Map<Network, TransferProofs> proofs = new HashMap<>();
        proofs.put(settings.evmNetwork(), new OnchainProofs(chain, CONFIRMATIONS));
        solana.ifPresent(rail -> proofs.put(settings.solanaNetwork(), rail.proofs()));
        return new ProofsByNetwork(proofs);
    }

    /** The account that settles, where that is ours. */
    Optional<SettlingAccount> settlingAccount(Supplier<EvmWallet> settler) {
        return settings.signsSettlements()
                ? Optional.of(new OnchainSettlingAccount(chain, settler, settings.evmNetwork(), feeCap()))
                : Optional.empty();
    }

    /** What is taken for payment, as accounts hold it. */
    TokenBalance usdc() {
        return new TokenBalance(chain, UsdcToken.on(settings.evmNetwork()).orElseThrow().asset());
    }

    /** What pays for settlements, where we do. */
    Optional<SettlingGas> settlingGas(Supplier<Optional<EvmWallet>> settler) {
        return settings.signsSettlements() ? Optional.of(new SettlingGas(chain, settler)) : Optional.empty();
    }

    /**
     * Who verifies and settles.
     *
     * @param settler the operator's key, asked for when something is settled
     * @param nonces its transaction numbers
     */
    Facilitator facilitator(Supplier<EvmWallet> settler, SignerNonces nonces) {
        Map<Network, Facilitator> facilitators = new HashMap<>();
        facilitators.put(settings.evmNetwork(), onEvm.facilitator(() -> ownFacilitator(settler, nonces)));
        solana.ifPresent(rail -> facilitators.put(settings.solanaNetwork(), rail.facilitator()));
        return new FacilitatorsByNetwork(facilitators);
    }

    /** Ourselves, whoever settles what is sold here. */
    Facilitator ourselves(Supplier<EvmWallet> settler, SignerNonces nonces) {
        Map<Network, Facilitator> facilitators = new HashMap<>();
        facilitators.put(settings.evmNetwork(), ownFacilitator(settler, nonces));
        solana.ifPresent(rail -> facilitators.put(settings.solanaNetwork(), rail.facilitator()));
        return new FacilitatorsByNetwork(facilitators);
    }

    private OnchainFacilitator ownFacilitator(Supplier<EvmWallet> settler, SignerNonces nonces) {
        return new OnchainFacilitator(chain, settler, nonces, settings.evmNetwork(), feeCap(),
                settings.smartWalletFactories(), clock);
    }

    private FeeCap feeCap() {
        return FeeCap.ofGwei(settings.settlementFeeCap());
    }
}
