package io.x402compute.x402.facilitator;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.solana.SolanaChain;
import io.x402compute.x402.solana.SolanaChain.Commitment;
import io.x402compute.x402.solana.SolanaTransaction;
import io.x402compute.x402.solana.SolanaTransactions;
import io.x402compute.x402.solana.SolanaWallet;
import io.x402compute.x402.solana.TokenTransfer;

/**
 * The token accounts that payments go to. A payment may not open one itself, so we do: once for each receiver and token, for about
 * 0.002 SOL, which stays in the account.
 */
final class ReceivingAccounts {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SolanaChain chain;
    private final SolanaBroadcast broadcast;
    private final Set<String> owners;
    // They are never closed again while there is money in them.
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    /** @param owners whom we open accounts for; what others receive is not our expense */
    ReceivingAccounts(SolanaChain chain, SolanaBroadcast broadcast, Set<String> owners) {
        this.owners = Set.copyOf(owners);
        this.chain = chain;
        this.broadcast = broadcast;
    }

    /**
     * Sees to it that the destination of this transfer exists.
     *
     * @param owner of the destination
     * @throws NodeUnavailable also when it could not be opened in time
     */
    void ensure(TokenTransfer transfer, String owner, SolanaWallet feePayer) throws NodeUnavailable {
        String account = transfer.destination();
        if (open.contains(account) || !owners.contains(owner)) {
            return;
        }
        if (chain.account(account).isEmpty()) {
            open(transfer, owner, feePayer);
        }
        open.add(account);
    }

    private void open(TokenTransfer transfer, String owner, SolanaWallet feePayer) throws NodeUnavailable {
        SolanaTransaction opening = SolanaTransactions.openTokenAccount(feePayer.address(), owner, transfer.mint(),
                transfer.program(), chain.latestBlockhash()).signedBy(feePayer);
        long lastBlock = SolanaOutcome.lastBlock(chain.height(Commitment.PROCESSED));
        switch (broadcast.settle(SettlementHandle.of(opening, lastBlock), PATIENCE)) {
            case Settlement.Settled settled -> {
            }
            case Settlement.Refused(String reason, String message, String transaction) ->
                throw new NodeUnavailable("the receiver's token account does not open: " + message);
            case Settlement.Unknown(String transaction, String why) ->
                throw new NodeUnavailable("the receiver's token account is not open yet: " + why);
            case Settlement.Outnumbered outnumbered -> throw new IllegalStateException("nothing is numbered here");
        }
    }
}
