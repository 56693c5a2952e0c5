package io.x402compute.x402.facilitator;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.ContractCall;
import io.x402compute.x402.evm.Eip1559Transaction;
import io.x402compute.x402.evm.EvmChain;
import io.x402compute.x402.evm.EvmChain.Fees;
import io.x402compute.x402.evm.EvmChain.GasEstimate;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.ExactEvmReason;
import io.x402compute.x402.evm.PayerSignature;
import io.x402compute.x402.evm.Rejection;
import io.x402compute.x402.evm.RevertReason;
import io.x402compute.x402.evm.SettlingCalls;
import io.x402compute.x402.evm.SmartWalletFactories;
import io.x402compute.x402.evm.TransferSimulation;
import io.x402compute.x402.evm.UptoEvmReason;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentRequirements;

/**
 * Our own facilitator on an EVM chain: asks the token contract, and settles with an account of ours that pays the gas and
 * can do nothing but what payers have signed.
 */
public final class OnchainFacilitator implements Facilitator {
    private static final Set<String> SCHEMES = Set.of(PaymentRequirements.EXACT, PaymentRequirements.UPTO);
    /** An estimate is for the state of now; a quarter more allows for what else happens in the block. */
    private static final int GAS_MARGIN_DIVISOR = 4;
    private static final String TOO_DEAR = "gas is dearer than a settlement may be";
    /** A contract wallet runs code of its payer's choice at our expense. A transfer of USDC takes about 90,000. */
    private static final long MOST_GAS = 1_000_000;

    private final EvmChain chain;
    private final Supplier<EvmWallet> settler;
    private final SignerNonces numbers;
    private final Network network;
    private final FeeCap cap;
    private final SmartWalletFactories factories;
    private final EvmTerms terms;
    private final PayerSignature payerSignature;
    private final TransferSimulation simulation;
    private final TransferBroadcast broadcast;

    /**
     * @param settler the account that settles, asked for when it is needed: its key must not live as long as this object
     * @param numbers shared by every process that settles with that account
     * @param network the only network whose payments are taken
     * @param cap while gas is dearer nothing is settled
     */
    public OnchainFacilitator(EvmChain chain, Supplier<EvmWallet> settler, SignerNonces numbers, Network network,
            FeeCap cap, Clock clock) {
        this(chain, settler, numbers, network, cap, SmartWalletFactories.NONE, clock);
    }

    /**
     * The same, which also creates wallets of payers.
     *
     * @param factories that may be called for it at our expense
     */
    public OnchainFacilitator(EvmChain chain, Supplier<EvmWallet> settler, SignerNonces numbers, Network network,
            FeeCap cap, SmartWalletFactories factories, Clock clock) {
        this(chain, settler, numbers, network, cap, factories, clock, Thread::sleep);
    }

    OnchainFacilitator(EvmChain chain, Supplier<EvmWallet> settler, SignerNonces numbers, Network network, FeeCap cap,
            SmartWalletFactories factories, Clock clock, Pause pause) {
        this.chain = chain;
        this.settler = settler;
        this.numbers = numbers;
        this.network = network;
        this.cap = cap;
        this.factories = factories;
        this.terms = new EvmTerms(network, settler, clock);
        this.payerSignature = new PayerSignature(chain, factories);
        this.simulation = new TransferSimulation(chain);
        this.broadcast = new TransferBroadcast(chain, clock, pause);
    }

    @Override
    public Support support(Payment payment) {
        return Support.ofOn(SCHEMES, network, payment);
    }

    /** In the reference's order, so that a payment with several faults is refused for the same one everywhere. */
    @Override
    public Verification verify(Payment payment) {
        Optional<Rejection> broken = terms.form(payment);
        return broken.isPresent() ? Verification.Rejected.of(broken.get()) : switch (payerSignature.check(payment)) {
            case PayerSignature.Outcome.Authentic authentic -> verifyTransfer(payment);
            case PayerSignature.Outcome.Forged(String reason, String message) ->
                new Verification.Rejected(reason, message);
            case PayerSignature.Outcome.Unanswered(String why) -> new Verification.Unavailable(why);
        };
    }

    private Verification verifyTransfer(Payment payment) {
        Optional<Rejection> broken = terms.transfer(payment);
        if (broken.isPresent()) {
            return Verification.Rejected.of(broken.get());
        }
        try {
            Optional<Rejection> obstacle = simulation.obstacle(payment);
            return obstacle.isPresent()
                    ? Verification.Rejected.of(obstacle.get())
                    : new Verification.Verified(payment.payer());
        } catch (ChainUnavailable e) {
            return new Verification.Unavailable(e.getMessage());
        }
    }

    /** Signs the settling transaction. A number is taken last, because one that is taken and never sent holds up the rest. */
    @Override
    public Preparation prepare(Payment payment) {
        Optional<Rejection> broken = terms.settlement(payment);
        if (broken.isPresent()) {
            return new Preparation.Refused(broken.get().reason(), broken.get().message());
        }
        if (payment.isFree()) {
            return new Preparation.Prepared(SettlementHandle.NOTHING_TO_SEND);
        }
        EvmWallet wallet = settler.get();
        try {
            SettlingCalls calls = SettlingCalls.of(payment, chain);
            Optional<Rejection> objection = calls.deployment().flatMap(factories::objection);
            if (objection.isPresent()) {
                return new Preparation.Refused(objection.get().reason(), objection.get().message());
            }
            ContractCall call = calls.inOne();
            return switch (chain.estimateGas(wallet.address(), call.to(), call.data())) {
                case GasEstimate.Reverted(String why) -> refused(payment, calls, why);
                case GasEstimate.Units(long gas) when gas > MOST_GAS -> new Preparation.Refused(
                        transactionFailed(payment), "the transfer would take %d units of gas".formatted(gas));
                case GasEstimate.Units(long gas) -> prepared(wallet, call, gas + gas / GAS_MARGIN_DIVISOR);
            };
        } catch (ChainUnavailable e) {
            return new Preparation.Unavailable(e.getMessage());
        }
    }

    private Preparation refused(Payment payment, SettlingCalls calls, String why) throws ChainUnavailable {
        boolean said = calls.deployment().isEmpty() && !payment.requirements().isByPermit2();
        if (said) {
            return new Preparation.Refused(RevertReason.of(why), why);
        }
        // Neither Multicall3 nor Permit2 passes on what the token has said.
        Rejection obstacle = simulation.obstacle(payment)
                .orElse(new Rejection(transactionFailed(payment), why));
        return new Preparation.Refused(obstacle.reason(), obstacle.message());
    }

    private static String transactionFailed(Payment payment) {
        return payment.requirements().isMetered()
                ? UptoEvmReason.TRANSACTION_FAILED
                : ExactEvmReason.TRANSACTION_FAILED;
    }

    private Preparation prepared(EvmWallet wallet, ContractCall call, long gasLimit) throws ChainUnavailable {
        Fees market = chain.fees();
        Optional<GasPrice> price = GasPrice.at(market).within(cap, gasLimit, market);
        if (price.isEmpty()) {
            return new Preparation.Unavailable(TOO_DEAR);
        }
        long number = numbers.next(OnchainSettlingAccount.signer(network, wallet),
                chain.transactionCount(wallet.wallet().address()));
        return new Preparation.Prepared(handle(new Eip1559Transaction(network.chainId(), number,
                price.get().priority(), price.get().most(), gasLimit, call.to(), call.data()), wallet));
    }

    private static SettlementHandle handle(Eip1559Transaction transaction, EvmWallet wallet) {
        Eip1559Transaction.Signed signed = transaction.signedBy(wallet);
        return new SettlementHandle(signed.hash(), signed.raw(), transaction.number());
    }

    @Override
    public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
        return payment.isFree()
                ? new Settlement.Settled("", payment.metered())
                : broadcast.settle(payment, handle, patience);
    }

    /** Where a transaction waits for another, or the market would take it as it is, a better price would be money for nothing. */
    @Override
    public Repricing reprice(Payment payment, SettlementHandle handle) {
        if (handle.signedTransaction().isEmpty()) {
            return new Repricing.Kept("prepared for another facilitator");
        }
        EvmWallet wallet = settler.get();
        Eip1559Transaction waiting = Eip1559Transaction.ofSigned(handle.signedTransaction());
        // Signatures are deterministic, so another hash is another key's.
        if (!waiting.signedBy(wallet).hash().equals(handle.transaction())) {
            return new Repricing.Kept("it was signed with another key");
        }
        try {
            Fees market = chain.fees();
            boolean isNext = chain.minedCount(wallet.wallet().address()) == handle.signerNonce();
            GasPrice offered = GasPrice.of(waiting);
            return !isNext && offered.meets(market)
                    ? new Repricing.Kept("it is not its turn")
                    : offered.replacing().atLeast(GasPrice.at(market)).within(cap, waiting.gasLimit(), market)
                            .filter(price -> price.covers(offered.replacing()))
                            .<Repricing>map(price -> new Repricing.Repriced(
                                    handle(waiting.offering(price.priority(), price.most()), wallet)))
                            .orElse(new Repricing.Kept(TOO_DEAR));
        } catch (ChainUnavailable e) {
            return new Repricing.Kept(e.getMessage());
        }
    }
}
