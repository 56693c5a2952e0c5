package io.x402compute.x402.solana;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A payment on Solana's devnet as the reference client makes it, of keys that everybody knows. */
public final class Vectors {
    public static final SolanaWallet PAYER = wallet(1);
    public static final SolanaWallet FEE_PAYER = wallet(2);
    public static final String PAY_TO = "GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse";
    public static final String BLOCKHASH = "US517G5965aydkZ46HS38QLi7UQiSojurfbQfKCELFx";
    public static final String USDC = "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU";
    public static final String PAYER_ACCOUNT = "H1AviagU5Y17z77v1F9qZPJ9kCbCsL4ewiZABNfGYoRs";
    public static final String PAY_TO_ACCOUNT = "6ndWAgFxMAVLobD8WrdBj5w41GrDeJYiQX91nNSrwkZp";
    public static final String MEMO = "order-0001";
    public static final long AMOUNT = 10_000;
    public static final String MESSAGE_HASH = "4b11afecd6db519de493ac9e6db6370b3dc173a734d8464173bff9f886ef7b6f";
    public static final String TRANSACTION_ID = "5Jmxw1fmQatmSZLpxQACNrE5Y7Rggpdxu9roThDoqaq4UEhwr7sPXQAjHU3QRc3m6Fg4R5y4L9u"
            + "QFrpHBzmpy9eQ";
    public static final String TRANSACTION = """
            AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACBGDDJJoa9mNCPg/Ebs37E\
            p09/Eyl+Xulp1WTahI5s70OItoP7YvWIOeqESyUEIqlDLgQ41qWLtnkE/gHkCDwOgAIBBAiBOXcOqH0XX1ajVGbDTH7My42KkbTuN6Jd9g9b\
            j8mzlIqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29cVfrYUDwcTMIz1rajclqlUU/uq3ieryKWb3Ki2UMxyVvtxjbgQB4pwJnqJwOA\
            ZZHm5AvuwQkVBwJdu/5tY3Yf4jtELLORIVfxOpM9ATQoLQMrX/7NAaLb8bd5BgjfAC6nAwZGb+UhFzL/7K26csOb57yM5bvF9xJrLEObOkAA\
            AAAFSlNamSkhBk0k6HFg2jh8fDW13bySu4HkH6hAQQVEjQbd9uHXZaGT2cvhRs7reawctIXtX1s3kTqM9YV+/wCpBwcHBwcHBwcHBwcHBwcH\
            BwcHBwcHBwcHBwcHBwcHBwcEBQAFAiBOAAAFAAkDAQAAAAAAAAAHBAMEAgEKDBAnAAAAAAAABgYACm9yZGVyLTAwMDEA""";

    private Vectors() {}

    /** The wallet whose private key is that byte 32 times. */
    public static SolanaWallet wallet(int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return SolanaWallet.ofSeed(bytes);
    }

    public static byte[] wire() {
        return Base64.getDecoder().decode(TRANSACTION);
    }

    public static TransferTransaction payment() {
        return read(wire());
    }

    public static TransferTransaction read(byte[] wire) {
        return ((TransferTransaction.Reading.Read) TransferTransaction.read(wire)).payment();
    }

    public static TransferTerms terms() {
        return new TransferTerms(USDC, PAY_TO, AMOUNT, FEE_PAYER.address(), Optional.of(MEMO));
    }

    public static TokenTransfer transfer() {
        return new TokenTransfer(Programs.TOKEN, PAYER_ACCOUNT, USDC, PAY_TO_ACCOUNT, PAYER.address(),
                BigInteger.valueOf(AMOUNT), 6);
    }
}
