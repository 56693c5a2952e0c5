package io.x402compute.x402.facilitator;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.ContractCall;
import io.x402compute.x402.evm.Eip3009Token;
import io.x402compute.x402.evm.EvmChain;
import io.x402compute.x402.evm.EvmChain.Block;
import io.x402compute.x402.evm.EvmChain.Log;
import io.x402compute.x402.evm.EvmChain.Receipt;
import io.x402compute.x402.evm.Permit2;
import io.x402compute.x402.evm.PermitCalls;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.Usdc;

/**
 * What became of a permit of Permit2, which reports no nonces: a used one may have paid somebody else, or have been
 * given up, and a transfer of the amount may be that of another permit. Only a transaction that carried out this very
 * permit proves that it has paid.
 */
final class Permit2Transfers {
    private final EvmChain chain;
    private final long blocksBack;
    private final int blocksAtOnce;

    Permit2Transfers(EvmChain chain, long blocksBack, int blocksAtOnce) {
        this.chain = chain;
        this.blocksBack = blocksBack;
        this.blocksAtOnce = blocksAtOnce;
    }

    TransferEvidence find(PermitCalls calls) throws ChainUnavailable {
        Permit2Authorization permit = calls.permit();
        // Judged as of one block, whose time and state belong together.
        Block latest = chain.latestBlock();
        Optional<Boolean> spent = isSpentAfter(latest.number(), permit);
        if (spent.isEmpty()) {
            return new TransferEvidence.Unreadable("there is no Permit2 on this chain");
        }
        if (!spent.get()) {
            BigInteger chainTime = BigInteger.valueOf(latest.time().getEpochSecond());
            return new TransferEvidence.NotMoved(chainTime.compareTo(permit.deadline()) <= 0);
        }
        return search(calls, latest.number());
    }

    /** Newest blocks first, back to before the nonce was used. */
    private TransferEvidence search(PermitCalls calls, long newest) throws ChainUnavailable {
        long oldest = Math.max(0, newest - blocksBack);
        for (long last = newest; last >= oldest; last -= blocksAtOnce) {
            long first = Math.max(oldest, last - blocksAtOnce + 1);
            for (String transaction : transfers(calls, first, last)) {
                Optional<BigInteger> taken = takenIn(transaction, calls);
                if (taken.isPresent()) {
                    return moved(transaction, calls, taken.get());
                }
            }
            if (first == 0 || !isSpentAfter(first - 1, calls.permit()).orElse(true)) {
                return new TransferEvidence.NotMoved(false);
            }
        }
        return new TransferEvidence.Unreadable("used before the last %d blocks".formatted(blocksBack));
    }

    private static TransferEvidence moved(String transaction, PermitCalls calls, BigInteger taken) {
        return calls.isMetered()
                ? new TransferEvidence.Moved(transaction, Optional.of(new Usdc(taken.longValueExact())))
                : new TransferEvidence.Moved(transaction);
    }

    /** The transactions in which an amount that the permit allows went from the payer to the payee. */
    private List<String> transfers(PermitCalls calls, long first, long last) throws ChainUnavailable {
        Permit2Authorization permit = calls.permit();
        return chain.logs(permit.token(), Eip3009Token.transferTopics(permit.from(), permit.to()), first, last)
                .stream()
                .filter(log -> Eip3009Token.amount(log).filter(calls::allows).isPresent())
                .map(Log::transaction).distinct().toList();
    }

    /** Where another contract has called the proxy, only a trace shows with what. Not every node has traces. */
    private Optional<BigInteger> takenIn(String transaction, PermitCalls calls) throws ChainUnavailable {
        ContractCall call = found(chain.transactionCall(transaction), transaction);
        if (calls.isProxyAt(call.to())) {
            return calls.taken(call);
        }
        Receipt receipt = found(chain.receipt(transaction), transaction);
        return receipt.logs().stream().anyMatch(calls::isSettled)
                ? chain.tracedCalls(transaction).stream().flatMap(inner -> calls.taken(inner).stream()).findFirst()
                : Optional.empty();
    }

    private static <T> T found(Optional<T> answer, String transaction) throws ChainUnavailable {
        return answer.orElseThrow(() -> new ChainUnavailable("the node does not know " + transaction));
    }

    private Optional<Boolean> isSpentAfter(long block, Permit2Authorization permit) throws ChainUnavailable {
        ContractCall question = Permit2.nonceBitmap(permit);
        return Permit2.isSpent(chain.callAt(block, question.to(), question.data()), permit);
    }
}
