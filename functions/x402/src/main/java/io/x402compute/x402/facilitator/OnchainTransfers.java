package io.x402compute.x402.facilitator;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

import io.x402compute.x402.evm.ChainUnavailable;
import io.x402compute.x402.evm.Eip3009Token;
import io.x402compute.x402.evm.EvmChain;
import io.x402compute.x402.evm.EvmChain.Block;
import io.x402compute.x402.evm.EvmChain.Log;
import io.x402compute.x402.evm.EvmChain.Receipt;
import io.x402compute.x402.evm.Permit2Proxy;
import io.x402compute.x402.evm.UptoPermit2Proxy;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;

/**
 * Finds out from the token itself what became of an authorization. It burns each authorizer's nonce in public, so a used
 * one leads to the transaction that used it, whoever sent that. Permits of Permit2 take more: {@link Permit2Transfers}.
 */
public final class OnchainTransfers implements TransferLookup {
    /** More than two days of Base, whose blocks are two seconds apart: a payment's hour and any delay of ours. */
    private static final long DEFAULT_BLOCKS_BACK = 100_000;
    /** An hour of Base, and less than nodes allow to ask for at once. */
    private static final int DEFAULT_BLOCKS_AT_ONCE = 2_000;

    private final EvmChain chain;
    private final long blocksBack;
    private final int blocksAtOnce;

    public OnchainTransfers(EvmChain chain) {
        this(chain, DEFAULT_BLOCKS_BACK, DEFAULT_BLOCKS_AT_ONCE);
    }

    /**
     * @param blocksBack how far into the past to look for the use of an authorization
     * @param blocksAtOnce how many blocks to ask the node for in one question
     */
    public OnchainTransfers(EvmChain chain, long blocksBack, int blocksAtOnce) {
        this.chain = chain;
        this.blocksBack = blocksBack;
        this.blocksAtOnce = blocksAtOnce;
    }

    @Override
    public TransferEvidence find(Payment payment) {
        try {
            return switch (payment.payload().schemePayload()) {
                case SchemePayload.Eip3009(Eip3009Authorization transfer, String signature) ->
                    find(payment.requirements().asset(), transfer);
                case SchemePayload.Permit2(Permit2Authorization permit, String signature) ->
                    new Permit2Transfers(chain, blocksBack, blocksAtOnce).find(Permit2Proxy.callsFor(permit));
                case SchemePayload.Upto signed ->
                    new Permit2Transfers(chain, blocksBack, blocksAtOnce).find(UptoPermit2Proxy.callsFor(signed));
                case SchemePayload.Solana elsewhere -> new TransferEvidence.Unreadable("signed for Solana");
            };
        } catch (ChainUnavailable e) {
            return new TransferEvidence.Unreadable(e.getMessage());
        }
    }

    private TransferEvidence find(String token, Eip3009Authorization transfer) throws ChainUnavailable {
        // The state is read as of the block whose time is judged: a later state could not be held against an earlier
        // time, nor an earlier state against a later one.
        Block latest = chain.latestBlock();
        Optional<Boolean> spent = Eip3009Token.isSpent(
                chain.callAt(latest.number(), token, Eip3009Token.authorizationState(transfer)));
        if (spent.isEmpty()) {
            return new TransferEvidence.Unreadable("the token does not tell the state of authorizations");
        }
        if (!spent.get()) {
            BigInteger chainTime = BigInteger.valueOf(latest.time().getEpochSecond());
            return new TransferEvidence.NotMoved(chainTime.compareTo(transfer.validBefore()) < 0);
        }
        Optional<Log> end = lastEvent(token, transfer, latest.number());
        return end.isPresent()
                ? evidence(token, transfer, end.get())
                : new TransferEvidence.Unreadable("spent before the last %d blocks".formatted(blocksBack));
    }

    /** The event with which the authorization ended, newest blocks first. */
    private Optional<Log> lastEvent(String token, Eip3009Authorization transfer, long newest) throws ChainUnavailable {
        List<List<String>> topics = List.of(
                List.of(Eip3009Token.AUTHORIZATION_USED, Eip3009Token.AUTHORIZATION_CANCELED),
                List.of(Eip3009Token.topicOf(transfer.from())), List.of(transfer.nonce()));
        long oldest = Math.max(0, newest - blocksBack);
        for (long last = newest; last >= oldest; last -= blocksAtOnce) {
            long first = Math.max(oldest, last - blocksAtOnce + 1);
            List<Log> found = chain.logs(token, topics, first, last);
            if (!found.isEmpty()) {
                return Optional.of(found.get(0));
            }
        }
        return Optional.empty();
    }

    private TransferEvidence evidence(String token, Eip3009Authorization transfer, Log end) throws ChainUnavailable {
        if (!end.topics().get(0).equals(Eip3009Token.AUTHORIZATION_USED)) {
            return new TransferEvidence.NotMoved(false);
        }
        Optional<Receipt> receipt = chain.receipt(end.transaction());
        if (receipt.isEmpty()) {
            return new TransferEvidence.Unreadable("the node does not know the receipt of " + end.transaction());
        }
        // One transaction may carry out several authorizations. The token reports each use and then its transfer, so
        // only the first transfer after ours is ours.
        return receipt.get().logs().stream()
                .filter(log -> log.index() > end.index() && Eip3009Token.isAnyTransfer(log, token)).findFirst()
                .filter(log -> Eip3009Token.isTransfer(log, token, transfer)).isPresent()
                        ? new TransferEvidence.Moved(end.transaction())
                        : new TransferEvidence.NotMoved(false);
    }
}
