package io.x402compute.payment;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.Permit2Proxy;
import io.x402compute.x402.evm.UptoPermit2Proxy;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.UsdcMint;
import io.x402compute.x402.solana.SolanaTransactions;
import io.x402compute.x402.solana.SolanaWallet;
import io.x402compute.x402.solana.TokenAccounts;
import io.x402compute.x402.solana.TokenTransfer;

/** Claims to start tests with, brought into each state by the arrows that lead there. */
public final class Claims {
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    public static final String TRANSACTION = "0x" + "ab".repeat(32);
    public static final String SIGNATURE = "0x" + "5e".repeat(65);
    public static final SettlementHandle HANDLE = new SettlementHandle(TRANSACTION, "0x02" + "cd".repeat(300), 7);

    public static final Instant LEASE_END = NOW.plusSeconds(90);
    static final Instant SOON = NOW.plusSeconds(30);
    public static final PaymentRequirements OFFER = new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE,
            new Usdc(1_699_200), "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
            "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", 300,
            Map.of("name", "USD Coin", "version", "2", "paymentFlow", "upfront"));

    public static final EvmWallet REFUND_WALLET = EvmWallet.of("0x" + "33".repeat(32));
    public static final String REFUND_TRANSACTION = "0x" + "ba".repeat(32);
    static final SettlementHandle REFUND_HANDLE = new SettlementHandle(REFUND_TRANSACTION, "0x02" + "dc".repeat(300),
            8);

    private Claims() {}

    public static Claim fresh() {
        return fresh(payment(1, BigInteger.valueOf(NOW.plus(Duration.ofHours(1)).getEpochSecond()), SIGNATURE));
    }

    static Claim fresh(Payment payment) {
        return Claim.of(payment, order(), NOW, LEASE_END);
    }

    public static Claim in(PaymentState state) {
        return from(fresh(), state);
    }

    /** Where the arrows from a fresh claim lead. */
    public static Claim from(Claim fresh, PaymentState state) {
        return switch (state) {
            case CLAIMED -> fresh;
            case RUNNING -> fresh.running();
            case RAN -> from(fresh, PaymentState.RUNNING).ran(fresh.amount());
            case RUN_FAILED -> from(fresh, PaymentState.RUNNING).runFailed("upstream_failed", SOON);
            case SETTLING -> fresh.settling(HANDLE, LEASE_END);
            case SETTLE_UNKNOWN -> from(fresh, PaymentState.SETTLING).unknown("", SOON);
            case SETTLE_REFUSED -> from(fresh, PaymentState.SETTLING).refused("insufficient_funds", SOON);
            case SETTLED -> from(fresh, PaymentState.SETTLING).settled(TRANSACTION, NOW);
            case FULFILLED -> from(fresh, PaymentState.SETTLED).fulfilled();
            case REFUND_DUE -> from(fresh, PaymentState.SETTLED).refundDue("no_capacity", Remedy.CREDIT);
            case CREDITED -> from(fresh, PaymentState.REFUND_DUE).credited(NOW);
            case REFUNDING -> signed(toBeRefunded(fresh)).refundSent(REFUND_HANDLE, LEASE_END);
            case REFUND_UNKNOWN -> from(fresh, PaymentState.REFUNDING).refundUnknown("", SOON);
            case REFUNDED -> from(fresh, PaymentState.REFUNDING).refunded(REFUND_TRANSACTION, NOW);
        };
    }

    /** As the others, of an order that is run before it is paid. */
    public static Claim ran(PaymentState state) {
        return from(in(PaymentState.RAN), state);
    }

    /** Owed back, and on the chain. */
    public static Claim toBeRefunded(Claim fresh) {
        return from(fresh, PaymentState.SETTLED).refundDue("no_capacity", Remedy.REFUND);
    }

    /** The refund wallet has signed. */
    public static Claim signed(Claim due) {
        return due.refunding(due.refundTerms().signedBy(REFUND_WALLET, NOW.plusSeconds(900).getEpochSecond()),
                LEASE_END);
    }

    static OrderBinding order() {
        return new OrderBinding(new OrderId(UUID.randomUUID()), "PROVISION", UUID.randomUUID().toString(),
                "0f".repeat(32), "{\"plan\":\"vcg-a16-2c-8g-2vram\",\"prepaid_hours\":24}");
    }

    /** A payment on Solana that nobody else makes: its memo is new. */
    public static Payment onSolana() {
        SolanaWallet payer = SolanaWallet.ofSeed(new byte[32]);
        String mint = UsdcMint.SOLANA.asset();
        String feePayer = "9hSR6S7WPtxmTojgo6GG3k4yDPecgJY292j7xrsUGWBu";
        PaymentRequirements offer = new PaymentRequirements(PaymentRequirements.EXACT, Network.SOLANA, OFFER.amount(),
                mint, "GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse", 60,
                Map.of(PaymentRequirements.FEE_PAYER, feePayer));
        TokenTransfer transfer = new TokenTransfer(UsdcMint.PROGRAM,
                TokenAccounts.of(payer.address(), mint, UsdcMint.PROGRAM), mint,
                TokenAccounts.of(offer.payTo(), mint, UsdcMint.PROGRAM), payer.address(),
                BigInteger.valueOf(OFFER.amount().micros()), UsdcMint.DECIMALS);
        SchemePayload signed = new SchemePayload.Solana(SolanaTransactions.payment(feePayer, transfer,
                UUID.randomUUID().toString(), "US517G5965aydkZ46HS38QLi7UQiSojurfbQfKCELFx").signedBy(payer));
        return new Payment(new PaymentPayload(2, PaymentRequirements.EXACT, Network.SOLANA, signed,
                Optional.of(offer.toV2Json()), Optional.empty()), offer);
    }

    /** A payment by Permit2 that nobody else makes: its nonce is new. */
    public static Payment byPermit2(EvmWallet payer) {
        Map<String, String> extra = new HashMap<>(OFFER.extra());
        extra.put(PaymentRequirements.ASSET_TRANSFER_METHOD, PaymentRequirements.PERMIT2);
        PaymentRequirements offer = new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE, OFFER.amount(),
                OFFER.asset(), OFFER.payTo(), OFFER.maxTimeoutSeconds(), extra);
        Permit2Authorization permit = new Permit2Authorization(payer.wallet().address(), Hex.lowerCase(OFFER.asset()),
                BigInteger.valueOf(OFFER.amount().micros()), Hex.lowerCase(Permit2Proxy.ADDRESS),
                new BigInteger(UUID.randomUUID().toString().replace("-", ""), 16),
                BigInteger.valueOf(NOW.plusSeconds(300).getEpochSecond()), Hex.lowerCase(OFFER.payTo()),
                BigInteger.ZERO);
        return new Payment(new PaymentPayload(2, PaymentRequirements.EXACT, Network.BASE,
                payer.authorize(permit, Network.BASE), Optional.of(offer.toV2Json()), Optional.empty()), offer);
    }

    /** A payment of as much as will have been used, that nobody else makes. */
    public static Payment upTo(EvmWallet payer) {
        Payment exact = byPermit2(payer);
        Permit2Authorization permit = ((SchemePayload.Permit2) exact.payload().schemePayload()).authorization();
        PaymentRequirements offer = exact.requirements().upTo(OFFER.payTo());
        Permit2Authorization maximum = new Permit2Authorization(permit.from(), permit.token(), permit.amount(),
                Hex.lowerCase(UptoPermit2Proxy.ADDRESS), permit.nonce(), permit.deadline(), permit.to(),
                permit.validAfter());
        return new Payment(new PaymentPayload(2, PaymentRequirements.UPTO, Network.BASE,
                payer.authorizeUpTo(maximum, OFFER.payTo(), Network.BASE), Optional.of(offer.toV2Json()),
                Optional.empty()), offer);
    }

    /** A payment that nobody else makes: its nonce is new. */
    static Payment payment(int version, BigInteger validBefore, String signature) {
        String nonce = "0x" + UUID.randomUUID().toString().replace("-", "").repeat(2);
        Eip3009Authorization signed = new Eip3009Authorization("0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
                "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266", BigInteger.valueOf(OFFER.amount().micros()),
                BigInteger.ZERO, validBefore, nonce);
        PaymentPayload payload = new PaymentPayload(version, PaymentRequirements.EXACT, Network.BASE,
                new SchemePayload.Eip3009(signed, signature),
                version == 1 ? Optional.empty() : Optional.of(OFFER.toV2Json()), Optional.empty());
        return new Payment(payload, OFFER);
    }
}
