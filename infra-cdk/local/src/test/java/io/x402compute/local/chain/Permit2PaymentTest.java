package io.x402compute.local.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.ContractCall;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.Permit2Proxy;
import io.x402compute.x402.evm.RpcEvmChain;
import io.x402compute.x402.evm.SmartWalletFactories;
import io.x402compute.x402.facilitator.FeeCap;
import io.x402compute.x402.facilitator.OnchainFacilitator;
import io.x402compute.x402.facilitator.OnchainTransfers;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.Eip2612Permit;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

/** Payments by Permit2 on a real EVM, with contracts that answer as the real ones do. */
class Permit2PaymentTest {
    private static final long PRICE = 1_699_200;
    private static final int PAYER = 1;
    /** Has money and has approved nothing. */
    private static final int NEWCOMER = 2;
    private static final int OWNER = 3;
    private static final int SPONSORED = 4;

    private static LocalEvm evm;
    private static RpcEvmChain chain;
    private static OnchainFacilitator facilitator;
    private static OnchainTransfers transfers;

    @BeforeAll
    static void startChain() {
        evm = LocalEvm.start(0);
        chain = new RpcEvmChain(evm.rpcUrl(), Duration.ofSeconds(2), Duration.ofSeconds(5));
        transfers = new OnchainTransfers(chain);
        EvmWallet settler = EvmWallet.of(evm.privateKey(0));
        AtomicLong next = new AtomicLong();
        facilitator = new OnchainFacilitator(chain, () -> settler, (signer, count) -> next.getAndIncrement(),
                Network.BASE, FeeCap.ofGwei(100_000_000), SmartWalletFactories.NONE, Clock.systemUTC());
        evm.approvePermit2(PAYER, LocalEvm.AGENT_MICROS);
    }

    @AfterAll
    static void stopChain() {
        evm.close();
    }

    @Test
    void aPaymentMovesOnceAndTheChainShowsIt() {
        Payment payment = payment(PAYER);
        long before = evm.balanceOf(evm.address(0));
        assertThat(transfers.find(payment)).isEqualTo(new TransferEvidence.NotMoved(true));

        assertThat(facilitator.verify(payment)).isEqualTo(new Verification.Verified(payment.payer()));
        SettlementHandle handle = ((Preparation.Prepared) facilitator.prepare(payment)).handle();
        assertThat(facilitator.settle(payment, handle, Duration.ofSeconds(10)))
                .isEqualTo(new Settlement.Settled(handle.transaction()));

        assertThat(evm.balanceOf(evm.address(0))).isEqualTo(before + PRICE);
        assertThat(transfers.find(payment)).isEqualTo(new TransferEvidence.Moved(handle.transaction()));
        assertThat(reason(payment)).isEqualTo("permit2_invalid_nonce");
        assertThat(facilitator.prepare(payment)).isInstanceOfSatisfying(Preparation.Refused.class,
                no -> assertThat(no.reason()).isEqualTo("permit2_invalid_nonce"));
    }

    @Test
    void whoeverSendsItItIsFound() {
        Payment payment = payment(PAYER);

        String transaction = evm.call(LocalEvm.PERMIT2_PROXY, settle(payment).data());

        assertThat(transfers.find(payment)).isEqualTo(new TransferEvidence.Moved(transaction));
    }

    @Test
    void throughAnotherContractATraceShowsIt() {
        Payment payment = payment(PAYER);

        String transaction = evm.call(LocalEvm.MULTICALL3, throughMulticall3(settle(payment)));

        assertThat(transfers.find(payment)).isEqualTo(new TransferEvidence.Moved(transaction));
    }

    /** A payment of the same payer, payee and amount, in another order. */
    @Test
    void anotherPaymentsTransferIsNotTakenForOneWhoseNonceWasGivenUp() {
        Payment given = payment(PAYER);
        String transaction = evm.call(LocalEvm.PERMIT2_PROXY, settle(payment(PAYER)).data());
        BigInteger nonce = permit(given).nonce();
        evm.callAs(PAYER, LocalEvm.PERMIT2, Abi.call("0x3ff9dcb1", nonce.shiftRight(8).toString(16),
                BigInteger.ONE.shiftLeft(nonce.intValue() & 0xff).toString(16)));

        assertThat(transaction).startsWith("0x");
        assertThat(transfers.find(given)).isEqualTo(new TransferEvidence.NotMoved(false));
    }

    @Test
    void whoHasApprovedNothingIsToldSo() {
        assertThat(reason(payment(NEWCOMER))).isEqualTo("permit2_allowance_required");
    }

    @Test
    void anApprovalThatComesWithThePaymentIsHandedInWithIt() {
        EvmWallet newcomer = EvmWallet.of(evm.privateKey(SPONSORED));
        Payment plain = payment(SPONSORED);
        Payment payment = approving(plain, newcomer.approvePermit2(plain.requirements(), BigInteger.valueOf(PRICE),
                BigInteger.ZERO, permit(plain).deadline()));
        long before = evm.balanceOf(evm.address(0));

        assertThat(facilitator.verify(payment)).isEqualTo(new Verification.Verified(payment.payer()));
        SettlementHandle handle = ((Preparation.Prepared) facilitator.prepare(payment)).handle();
        assertThat(facilitator.settle(payment, handle, Duration.ofSeconds(10)))
                .isEqualTo(new Settlement.Settled(handle.transaction()));

        assertThat(evm.balanceOf(evm.address(0))).isEqualTo(before + PRICE);
        assertThat(transfers.find(payment)).isEqualTo(new TransferEvidence.Moved(handle.transaction()));
    }

    @Test
    void anApprovalOfAnotherAmountOrOfSomebodyElseIsRefused() {
        Payment plain = payment(NEWCOMER);
        EvmWallet newcomer = EvmWallet.of(evm.privateKey(NEWCOMER));
        Eip2612Permit less = newcomer.approvePermit2(plain.requirements(), BigInteger.ONE, BigInteger.ZERO,
                permit(plain).deadline());
        Eip2612Permit used = newcomer.approvePermit2(plain.requirements(), BigInteger.valueOf(PRICE), BigInteger.TEN,
                permit(plain).deadline());

        assertThat(reason(approving(plain, less))).isEqualTo("permit2_2612_amount_mismatch");
        assertThat(reason(approving(plain, used))).isEqualTo("permit2_allowance_required");
    }

    @Test
    void whoHasNothingIsToldSo() {
        assertThat(reason(payment(8))).isEqualTo("permit2_insufficient_balance");
    }

    @Test
    void anothersSignatureIsRefused() {
        Payment payment = payment(PAYER);
        SchemePayload.Permit2 forged = EvmWallet.of(evm.privateKey(NEWCOMER)).authorize(permit(payment), Network.BASE);

        assertThat(reason(payment(forged))).isEqualTo("invalid_permit2_signature");
        assertThat(facilitator.prepare(payment(forged))).isEqualTo(
                new Preparation.Refused("invalid_permit2_signature", "InvalidSigner"));
    }

    @Test
    void aDelegatedAccountPaysByItsDelegatesWord() {
        String account = evm.address(6).toLowerCase(Locale.ROOT);
        evm.mint(account, PRICE);
        evm.approvePermit2(6, PRICE);
        EvmWallet owner = EvmWallet.of(evm.privateKey(OWNER));
        evm.delegate(account, evm.deploy("ContractWallet", owner.address()));

        assertThat(reason(payment(6))).isEqualTo("invalid_permit2_signature");
        assertThat(facilitator.verify(payment(owner.authorize(permit(payment(6)), Network.BASE))))
                .isEqualTo(new Verification.Verified(account));
    }

    private static Payment approving(Payment payment, Eip2612Permit approval) {
        PaymentPayload payload = payment.payload();
        return new Payment(new PaymentPayload(payload.version(), payload.scheme(), payload.network(),
                payload.schemePayload(), payload.accepted(), Optional.of(approval.toExtensions())),
                payment.requirements());
    }

    private static String throughMulticall3(ContractCall call) {
        String data = call.data().substring(2);
        String padding = "0".repeat((64 - data.length() % 64) % 64);
        return "0x82ad56cb" + Abi.words("20", "1", "20", LocalEvm.PERMIT2_PROXY, "0", "60",
                Integer.toHexString(data.length() / 2)) + data + padding;
    }

    private static String reason(Payment payment) {
        return ((Verification.Rejected) facilitator.verify(payment)).reason();
    }

    private static Permit2Authorization permit(Payment payment) {
        return ((SchemePayload.Permit2) payment.payload().schemePayload()).authorization();
    }

    private static ContractCall settle(Payment payment) {
        return Permit2Proxy.settle((SchemePayload.Permit2) payment.payload().schemePayload());
    }

    private static Payment payment(int account) {
        BigInteger nonce = new BigInteger(UUID.randomUUID().toString().replace("-", ""), 16);
        Permit2Authorization permit = new Permit2Authorization(evm.address(account).toLowerCase(Locale.ROOT),
                LocalEvm.USDC.toLowerCase(Locale.ROOT), BigInteger.valueOf(PRICE),
                LocalEvm.PERMIT2_PROXY.toLowerCase(Locale.ROOT), nonce,
                BigInteger.valueOf(Instant.now().plusSeconds(3600).getEpochSecond()),
                evm.address(0).toLowerCase(Locale.ROOT), BigInteger.ZERO);
        return payment(EvmWallet.of(evm.privateKey(account)).authorize(permit, Network.BASE));
    }

    private static Payment payment(SchemePayload signed) {
        PaymentRequirements offer = new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE, new Usdc(PRICE),
                LocalEvm.USDC, evm.address(0), 300,
                Map.of("name", "USD Coin", "version", "2", PaymentRequirements.ASSET_TRANSFER_METHOD,
                        PaymentRequirements.PERMIT2));
        return new Payment(new PaymentPayload(2, PaymentRequirements.EXACT, Network.BASE, signed,
                Optional.of(offer.toV2Json()), Optional.empty()), offer);
    }
}
