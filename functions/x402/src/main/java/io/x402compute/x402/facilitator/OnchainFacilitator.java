package io.x402compute.x402.facilitator;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.Eip1559Transaction;
import io.x402compute.x402.evm.Eip3009Token;
import io.x402compute.x402.evm.EvmChain;
import io.x402compute.x402.evm.EvmChain.Fees;
import io.x402compute.x402.evm.EvmChain.GasEstimate;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.ExactEvmReason;
import io.x402compute.x402.evm.ExactEvmTerms;
import io.x402compute.x402.evm.PayerSignature;
import io.x402compute.x402.evm.Rejection;
import io.x402compute.x402.evm.RevertReason;
import io.x402compute.x402.evm.TransferSimulation;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;

/**
 * Our own facilitator on an EVM chain: asks the token contract, and settles with an account of ours that pays the gas and
 * can do nothing but what payers have signed.
 */
public final class OnchainFacilitator implements Facilitator {
    /**
     * A prepared transaction cannot be repriced, and one that nobody mines holds up all that come after it. So it may cost
     * up to this many times the base fee of now, which takes a dozen full blocks to reach; the fee paid is the block's.
     */
    private static final BigInteger BASE_FEE_HEADROOM = BigInteger.valueOf(4);
    /** An estimate is for the state of now; a quarter more allows for what else happens in the block. */
    private static final int GAS_MARGIN_DIVISOR = 4;
    /** A contract wallet runs code of its payer's choice at our expense. A transfer of USDC takes about 90,000. */
    private static final long MOST_GAS = 1_000_000;

    private final EvmChain chain;
    private final Supplier<EvmWallet> settler;
    private final SignerNonces numbers;
    private final Network network;
    private final Clock clock;
    private final PayerSignature payerSignature;
    private final TransferSimulation simulation;
    private final TransferBroadcast broadcast;

    /**
     * @param settler the account that settles, asked for when it is needed: its key must not live as long as this object
     * @param numbers shared by every process that settles with that account
     * @param network the only network whose payments are taken
     */
    public OnchainFacilitator(EvmChain chain, Supplier<EvmWallet> settler, SignerNonces numbers, Network network,
            Clock clock) {
        this(chain, settler, numbers, network, clock, Thread::sleep);
    }

    OnchainFacilitator(EvmChain chain, Supplier<EvmWallet> settler, SignerNonces numbers, Network network, Clock clock,
            TransferBroadcast.Pause pause) {
        this.chain = chain;
        this.settler = settler;
        this.numbers = numbers;
        this.network = network;
        this.clock = clock;
        this.payerSignature = new PayerSignature(chain);
        this.simulation = new TransferSimulation(chain);
        this.broadcast = new TransferBroadcast(chain, clock, pause);
    }

    /** In the reference's order, so that a payment with several faults is refused for the same one everywhere. */
    @Override
    public Verification verify(Payment payment) {
        Optional<Rejection> broken = ExactEvmTerms.checkForm(payment).or(() -> otherNetwork(payment));
        return broken.isPresent() ? Verification.Rejected.of(broken.get()) : switch (payerSignature.check(payment)) {
            case PayerSignature.Outcome.Authentic authentic -> verifyTransfer(payment);
            case PayerSignature.Outcome.Forged(String reason, String message) ->
                new Verification.Rejected(reason, message);
            case PayerSignature.Outcome.Unanswered(String why) -> new Verification.Unavailable(why);
        };
    }

    private Verification verifyTransfer(Payment payment) {
        Optional<Rejection> broken = ExactEvmTerms.checkTransfer(payment, clock.instant());
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
        Optional<Rejection> broken = ExactEvmTerms.check(payment, clock.instant())
                .or(() -> otherNetwork(payment));
        if (broken.isPresent()) {
            return new Preparation.Refused(broken.get().reason(), broken.get().message());
        }
        String asset = payment.requirements().asset();
        String call = switch (payment.payload().schemePayload()) {
            case SchemePayload.Eip3009 signed -> Eip3009Token.transfer(signed);
        };
        EvmWallet wallet = settler.get();
        try {
            return switch (chain.estimateGas(wallet.address(), asset, call)) {
                case GasEstimate.Reverted(String why) -> new Preparation.Refused(RevertReason.of(why), why);
                case GasEstimate.Units(long gas) when gas > MOST_GAS -> new Preparation.Refused(
                        ExactEvmReason.TRANSACTION_FAILED, "the transfer would take %d units of gas".formatted(gas));
                case GasEstimate.Units(long gas) -> prepared(wallet, asset, call, gas + gas / GAS_MARGIN_DIVISOR);
            };
        } catch (ChainUnavailable e) {
            return new Preparation.Unavailable(e.getMessage());
        }
    }

    private Preparation prepared(EvmWallet wallet, String asset, String call, long gasLimit) throws ChainUnavailable {
        Fees fees = chain.fees();
        BigInteger maxFee = mostPerGas(fees);
        String account = wallet.wallet().address();
        long number = numbers.next(OnchainSettlingAccount.signer(network, wallet),
                chain.transactionCount(account));
        var transaction = new Eip1559Transaction(network.chainId(), number, fees.priority(), maxFee, gasLimit, asset,
                call)
                .signedBy(wallet);
        return new Preparation.Prepared(new SettlementHandle(transaction.hash(), transaction.raw(), number));
    }

    @Override
    public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
        return broadcast.settle(payment, handle, patience);
    }

    /** What a unit of gas of a transaction that is prepared now may cost, in wei. */
    static BigInteger mostPerGas(Fees fees) {
        return fees.base().multiply(BASE_FEE_HEADROOM).add(fees.priority());
    }

    private Optional<Rejection> otherNetwork(Payment payment) {
        return payment.requirements().network().equals(network)
                ? Optional.empty()
                : Optional.of(new Rejection(ExactEvmReason.NETWORK_MISMATCH, "only " + network.caip2()));
    }
}
