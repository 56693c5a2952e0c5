package io.x402compute.local.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.RpcEvmChain;
import io.x402compute.x402.evm.SmartWalletFactories;
import io.x402compute.x402.evm.UptoPermit2Proxy;
import io.x402compute.x402.facilitator.FeeCap;
import io.x402compute.x402.facilitator.OnchainFacilitator;
import io.x402compute.x402.facilitator.OnchainTransfers;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

/** Payments of as much as was used, on a real EVM. */
class UptoPaymentTest {
    private static final Usdc MOST = new Usdc(1_699_200);
    private static final Usdc USED = new Usdc(40_321);
    private static final int SETTLER = 0;
    private static final int PAYER = 1;
    /** Has money and has approved nothing. */
    private static final int NEWCOMER = 2;
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
        EvmWallet settler = EvmWallet.of(evm.privateKey(SETTLER));
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
    void whatWasUsedMovesOnceAndTheChainShowsHowMuch() {
        Payment payment = payment(PAYER);
        Payment taken = payment.taking(USED);
        long before = evm.balanceOf(evm.address(SETTLER));

        assertThat(facilitator.verify(payment)).isEqualTo(new Verification.Verified(payment.payer()));
        assertThat(transfers.find(payment)).isEqualTo(new TransferEvidence.NotMoved(true));
        SettlementHandle handle = settled(taken);

        assertThat(evm.balanceOf(evm.address(SETTLER))).isEqualTo(before + USED.micros());
        assertThat(transfers.find(payment))
                .isEqualTo(new TransferEvidence.Moved(handle.transaction(), Optional.of(USED)));
        assertThat(facilitator.prepare(taken)).isInstanceOfSatisfying(Preparation.Refused.class,
                no -> assertThat(no.reason()).isEqualTo("permit2_invalid_nonce"));
    }

    @Test
    void nobodyElseCanSettleItAndNobodyMoreThanWasSigned() throws Exception {
        SchemePayload.Upto signed = (SchemePayload.Upto) payment(PAYER).payload().schemePayload();
        ContractCall call = UptoPermit2Proxy.settle(signed, USED);

        assertThatThrownBy(() -> evm.call(LocalEvm.UPTO_PROXY, call.data()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(chain.callFrom(evm.address(PAYER), call))
                .isEqualTo(new CallOutcome.Reverted("UnauthorizedFacilitator"));
        assertThat(chain.callFrom(evm.address(SETTLER), UptoPermit2Proxy.settle(signed, new Usdc(1_699_201))))
                .isEqualTo(new CallOutcome.Reverted("AmountExceedsPermitted"));
        assertThat(chain.callFrom(evm.address(SETTLER), call)).isEqualTo(new CallOutcome.Returned("0x"));
    }

    @Test
    void anApprovalThatComesWithThePaymentIsHandedInWithIt() {
        EvmWallet newcomer = EvmWallet.of(evm.privateKey(SPONSORED));
        Payment plain = payment(SPONSORED);
        PaymentPayload payload = plain.payload();
        Payment payment = new Payment(new PaymentPayload(2, payload.scheme(), payload.network(),
                payload.schemePayload(), payload.accepted(),
                Optional.of(newcomer.approvePermit2(plain.requirements(), BigInteger.valueOf(MOST.micros()),
                        BigInteger.ZERO, BigInteger.valueOf(Instant.now().plusSeconds(600).getEpochSecond()))
                        .toExtensions())),
                plain.requirements());

        assertThat(reason(plain)).isEqualTo("permit2_allowance_required");
        assertThat(facilitator.verify(payment)).isEqualTo(new Verification.Verified(payment.payer()));
        SettlementHandle handle = settled(payment.taking(USED));

        assertThat(transfers.find(payment))
                .isEqualTo(new TransferEvidence.Moved(handle.transaction(), Optional.of(USED)));
    }

    @Test
    void whoHasApprovedNothingOrSignedOtherwiseIsToldSo() {
        Payment payment = payment(PAYER);
        Permit2Authorization permit = ((SchemePayload.Upto) payment.payload().schemePayload()).authorization();
        SchemePayload forged = EvmWallet.of(evm.privateKey(NEWCOMER)).authorizeUpTo(permit, evm.address(SETTLER),
                Network.BASE);

        assertThat(reason(payment(NEWCOMER))).isEqualTo("permit2_allowance_required");
        assertThat(reason(payment(forged))).isEqualTo("invalid_permit2_signature");
    }

    private static SettlementHandle settled(Payment taken) {
        SettlementHandle handle = ((Preparation.Prepared) facilitator.prepare(taken)).handle();
        assertThat(facilitator.settle(taken, handle, Duration.ofSeconds(10)))
                .isEqualTo(new Settlement.Settled(handle.transaction(), taken.metered()));
        return handle;
    }

    private static String reason(Payment payment) {
        return ((Verification.Rejected) facilitator.verify(payment)).reason();
    }

    private static Payment payment(int account) {
        BigInteger nonce = new BigInteger(UUID.randomUUID().toString().replace("-", ""), 16);
        Permit2Authorization permit = new Permit2Authorization(evm.address(account).toLowerCase(Locale.ROOT),
                LocalEvm.USDC.toLowerCase(Locale.ROOT), BigInteger.valueOf(MOST.micros()),
                LocalEvm.UPTO_PROXY.toLowerCase(Locale.ROOT), nonce,
                BigInteger.valueOf(Instant.now().plusSeconds(3600).getEpochSecond()),
                evm.address(SETTLER).toLowerCase(Locale.ROOT), BigInteger.ZERO);
        return payment(EvmWallet.of(evm.privateKey(account)).authorizeUpTo(permit, evm.address(SETTLER),
                Network.BASE));
    }

    private static Payment payment(SchemePayload signed) {
        PaymentRequirements offer = new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE, MOST,
                LocalEvm.USDC, evm.address(SETTLER), 300, Map.of("name", "USD Coin", "version", "2"))
                .upTo(evm.address(SETTLER));
        return new Payment(new PaymentPayload(2, PaymentRequirements.UPTO, Network.BASE, signed,
                Optional.of(offer.toV2Json()), Optional.empty()), offer);
    }
}
