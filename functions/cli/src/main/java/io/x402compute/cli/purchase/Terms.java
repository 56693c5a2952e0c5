package io.x402compute.cli.purchase;

import java.net.URI;
import java.util.Optional;

import io.x402compute.x402.protocol.Usdc;

/**
 * On what terms its owner lets a wallet, or credit, be spent.
 *
 * @param most for one purchase
 * @param mostPerDay for all that is signed in one UTC day; credit is not counted
 * @param askAbove what may be spent without being asked
 * @param agreed whether whatever is within the limits is agreed to
 * @param onCredit pay with credit, and not with the wallet
 * @param anew buy it even if the same was begun before and is not over
 * @param name the owner's own name for this purchase: by it, it is bought once for ever
 * @param solanaNode is asked for a recent blockhash by wallets on Solana
 */
public record Terms(Usdc most, Usdc mostPerDay, Usdc askAbove, boolean agreed, boolean onCredit, boolean anew,
        Optional<String> name, URI solanaNode) {}
