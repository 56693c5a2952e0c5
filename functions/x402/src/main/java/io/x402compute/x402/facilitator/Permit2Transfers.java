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
import io.x402compute.x402.evm.Permit2Proxy;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.protocol.Permit2Authorization;

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

    TransferEvidence find(Permit2Authorization permit) throws ChainUnavailable {
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
        return search(permit, latest.number());
    }

    /** Newest blocks first, back to before the nonce was used. */
    private TransferEvidence search(Permit2Authorization permit, long newest) throws ChainUnavailable {
        long oldest = Math.max(0, newest - blocksBack);
        for (long last = newest; last >= oldest; last -= blocksAtOnce) {
            long first = Math.max(oldest, last - blocksAtOnce + 1);
            for (String transaction : transfers(permit, first, last)) {
                if (isCarriedOutIn(transaction, permit)) {
                    return new TransferEvidence.Moved(transaction);
                }
            }
            if (first == 0 || !isSpentAfter(first - 1, permit).orElse(true)) {
                return new TransferEvidence.NotMoved(false);
            }
        }
        return new TransferEvidence.Unreadable("used before the last %d blocks".formatted(blocksBack));
    }

    /** The transactions in which that amount went from the payer to the payee. */
    private List<String> transfers(Permit2Authorization permit, long first, long last) throws ChainUnavailable {
        return chain.logs(permit.token(), Eip3009Token.transferTopics(permit.from(), permit.to()), first, last)
                .stream()
                .filter(log -> Eip3009Token.isTransfer(log, permit.token(), permit.from(), permit.to(),
                        permit.amount()))
                .map(Log::transaction).distinct().toList();
    }

    /** Where another contract has called the proxy, only a trace shows with what. Not every node has traces. */
    private boolean isCarriedOutIn(String transaction, Permit2Authorization permit) throws ChainUnavailable {
        ContractCall call = found(chain.transactionCall(transaction), transaction);
        if (Permit2Proxy.isAt(call.to())) {
            return Permit2Proxy.carriesOut(call, permit);
        }
        Receipt receipt = found(chain.receipt(transaction), transaction);
        return receipt.logs().stream().anyMatch(Permit2Proxy::isSettled)
                && chain.tracedCalls(transaction).stream().anyMatch(inner -> Permit2Proxy.carriesOut(inner, permit));
    }

    private static <T> T found(Optional<T> answer, String transaction) throws ChainUnavailable {
        return answer.orElseThrow(() -> new ChainUnavailable("the node does not know " + transaction));
    }

    private Optional<Boolean> isSpentAfter(long block, Permit2Authorization permit) throws ChainUnavailable {
        ContractCall question = Permit2.nonceBitmap(permit);
        return Permit2.isSpent(chain.callAt(block, question.to(), question.data()), permit);
    }
}
