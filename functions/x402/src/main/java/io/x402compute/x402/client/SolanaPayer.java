package io.x402compute.x402.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.UsdcMint;
import io.x402compute.x402.solana.Base58;
import io.x402compute.x402.solana.SolanaChain;
import io.x402compute.x402.solana.SolanaTransactions;
import io.x402compute.x402.solana.SolanaWallet;
import io.x402compute.x402.solana.TokenAccounts;
import io.x402compute.x402.solana.TokenTransfer;

/** Pays by signing a transaction that the seller's facilitator pays the fees of. It is worth nothing for a minute and a half. */
final class SolanaPayer implements Payer {
    private static final int ADDRESS_BYTES = 32;
    private static final int MEMO_BYTES = 16;
    private static final int MAX_MEMO_BYTES = 256;
    private static final String BLOCKHASH_HINT = "recentBlockhash";

    private final SolanaWallet wallet;
    private final SolanaChain chain;
    private final RandomGenerator random;

    /** @param chain asked for a recent blockhash where the offer has none */
    SolanaPayer(SolanaWallet wallet, SolanaChain chain, RandomGenerator random) {
        this.wallet = wallet;
        this.chain = chain;
        this.random = random;
    }

    /** Only USDC itself: the owner's limit is in USDC, and an unknown token may be worth anything. */
    @Override
    public boolean canPay(ReceivedOffer offer) {
        PaymentRequirements terms = offer.requirements();
        Map<String, String> extra = terms.extra();
        return UsdcMint.on(terms.network()).filter(usdc -> usdc.asset().equals(terms.asset())).isPresent()
                && isAddress(terms.payTo())
                && isAddress(extra.getOrDefault(PaymentRequirements.FEE_PAYER, ""))
                // Who pays the fees must be nobody else in the transaction.
                && !wallet.address().equals(extra.get(PaymentRequirements.FEE_PAYER))
                && extra.getOrDefault(PaymentRequirements.MEMO, "")
                        .getBytes(StandardCharsets.UTF_8).length <= MAX_MEMO_BYTES;
    }

    @Override
    public SchemePayload sign(ReceivedOffer offer) {
        PaymentRequirements terms = offer.requirements();
        TokenTransfer transfer = new TokenTransfer(UsdcMint.PROGRAM,
                TokenAccounts.of(wallet.address(), terms.asset(), UsdcMint.PROGRAM), terms.asset(),
                TokenAccounts.of(terms.payTo(), terms.asset(), UsdcMint.PROGRAM), wallet.address(),
                BigInteger.valueOf(terms.amount().micros()), UsdcMint.DECIMALS);
        String memo = terms.extra().getOrDefault(PaymentRequirements.MEMO, randomMemo());
        return new SchemePayload.Solana(SolanaTransactions
                .payment(terms.extra().get(PaymentRequirements.FEE_PAYER), transfer, memo, blockhash(terms))
                .signedBy(wallet));
    }

    /** Without it, two payments of the same amount to the same seller could be one transaction. */
    private String randomMemo() {
        byte[] memo = new byte[MEMO_BYTES];
        random.nextBytes(memo);
        return HexFormat.of().formatHex(memo);
    }

    private String blockhash(PaymentRequirements terms) {
        String hint = terms.extra().getOrDefault(BLOCKHASH_HINT, "");
        if (isAddress(hint)) {
            return hint;
        }
        try {
            return chain.latestBlockhash();
        } catch (NodeUnavailable e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    private static boolean isAddress(String text) {
        return Base58.decode(text).filter(bytes -> bytes.length == ADDRESS_BYTES).isPresent();
    }
}
