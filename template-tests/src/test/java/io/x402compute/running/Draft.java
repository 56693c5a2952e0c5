package io.x402compute.running;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.ReceivedOffer;

/**
 * A payment while it is written by hand: right until something is changed, and then signed as it stands.
 *
 * @param offer what it answers
 * @param key signs it
 * @param terms the signature is made under, the offer's own unless changed
 */
record Draft(ReceivedOffer offer, EvmWallet key, PaymentRequirements terms, Eip3009Authorization transfer) {

    /** The payment that answers the offer. */
    static Draft of(ReceivedOffer offer, EvmWallet key, Instant now) {
        PaymentRequirements terms = offer.requirements();
        Eip3009Authorization transfer = new Eip3009Authorization(
                key.address().toLowerCase(Locale.ROOT),
                terms.payTo().toLowerCase(Locale.ROOT),
                BigInteger.valueOf(terms.amount().micros()),
                BigInteger.ZERO,
                BigInteger.valueOf(now.getEpochSecond() + terms.maxTimeoutSeconds()),
                nonce());
        return new Draft(offer, key, terms, transfer);
    }

    Draft from(String payer) {
        return with(new Eip3009Authorization(payer.toLowerCase(Locale.ROOT), transfer.to(), transfer.value(),
                transfer.validAfter(), transfer.validBefore(), transfer.nonce()));
    }

    Draft to(String receiver) {
        return with(new Eip3009Authorization(transfer.from(), receiver.toLowerCase(Locale.ROOT), transfer.value(),
                transfer.validAfter(), transfer.validBefore(), transfer.nonce()));
    }

    Draft value(long micros) {
        return with(new Eip3009Authorization(transfer.from(), transfer.to(), BigInteger.valueOf(micros),
                transfer.validAfter(), transfer.validBefore(), transfer.nonce()));
    }

    Draft validAfter(Instant instant) {
        return with(new Eip3009Authorization(transfer.from(), transfer.to(), transfer.value(),
                BigInteger.valueOf(instant.getEpochSecond()), transfer.validBefore(), transfer.nonce()));
    }

    Draft validBefore(Instant instant) {
        return with(new Eip3009Authorization(transfer.from(), transfer.to(), transfer.value(), transfer.validAfter(),
                BigInteger.valueOf(instant.getEpochSecond()), transfer.nonce()));
    }

    Draft signedBy(EvmWallet other) {
        return new Draft(offer, other, terms, transfer);
    }

    Draft signedUnder(PaymentRequirements other) {
        return new Draft(offer, key, other, transfer);
    }

    PaymentPayload payment() {
        return offer.paidWith(key.authorize(transfer, terms));
    }

    private Draft with(Eip3009Authorization other) {
        return new Draft(offer, key, terms, other);
    }

    private static String nonce() {
        String half = HexFormat.of().toHexDigits(UUID.randomUUID().getMostSignificantBits())
                + HexFormat.of().toHexDigits(UUID.randomUUID().getMostSignificantBits());
        return "0x" + half + half;
    }
}
