package io.x402compute.order;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.x402compute.x402.protocol.Usdc;

/**
 * The last three digits of the amount that is asked for one request, drawn anew every five minutes: a transfer of that amount at that time says
 * what it is for, though nothing about it was stored or signed. They are a hint and no proof: one request in a thousand has the same.
 */
public final class AmountMark {
    /** The most that is proven to be paid by nothing else. */
    public static final Usdc MOST = new Usdc(1_000_000);

    static final Duration WINDOW = Duration.ofMinutes(5);
    private static final long DIGITS = 1_000;
    private static final String ALGORITHM = "HmacSHA256";
    /** The secret has other uses, none of which signs a text that begins so. */
    private static final String LABEL = "x402compute/amount-mark/1\n";
    /** The chain's clock may trail ours, so that what we ask in one window is paid in what is the one before on the chain. */
    private static final Duration CHAIN_CLOCK_MARGIN = Duration.ofMinutes(1);

    private final Supplier<String> secret;
    private final String request;

    AmountMark(Supplier<String> secret, String request) {
        this.secret = secret;
        this.request = request;
    }

    /** What is asked at that time for something of that price: the price, and at most 999 micro-USDC more. */
    public Usdc on(Usdc price, Instant time) {
        return on(price, window(time));
    }

    /** What was asked in that time, newest first. */
    List<Usdc> asked(Usdc price, Instant since, Instant now) {
        long newest = window(now);
        return LongStream.rangeClosed(0, newest - window(since)).mapToObj(back -> on(price, newest - back)).distinct()
                .toList();
    }

    /** Whether an amount bears the mark of the time in which it was paid, or of the five minutes before. */
    boolean isBorneBy(Usdc amount, Instant paidAt) {
        return LongStream.rangeClosed(window(paidAt) - 1, window(paidAt.plus(CHAIN_CLOCK_MARGIN)))
                .anyMatch(window -> digits(window) == amount.micros() % DIGITS);
    }

    private Usdc on(Usdc price, long window) {
        long more = Math.floorMod(digits(window) - price.micros(), DIGITS);
        return price.plus(new Usdc(more));
    }

    private long digits(long window) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.get().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] hash = mac.doFinal((LABEL + window + "\n" + request).getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, hash).mod(BigInteger.valueOf(DIGITS)).longValueExact();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    private static long window(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), WINDOW.toSeconds());
    }
}
