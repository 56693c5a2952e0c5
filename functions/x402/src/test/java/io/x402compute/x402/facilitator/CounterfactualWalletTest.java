package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.SmartWalletFactories;
import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.evm.WrappedSignature;
import io.x402compute.x402.facilitator.TransferLookup.TransferEvidence;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;

/** A contract wallet that is not on the chain yet pays: its first payment creates it. */
class CounterfactualWalletTest {
    private static final String WALLET = "0x00000000000000000000000000000000000c0de5";
    private static final String CREATION = "0x010203";
    private static final String OWN_WORDS = "0x" + "5e".repeat(96);

    private final OnchainBench bench = new OnchainBench();
    private final Payment payment = Vectors.payment(new SchemePayload.Eip3009(Vectors.authorization(WALLET),
            WrappedSignature.of(OnchainBench.FACTORY, CREATION, OWN_WORDS)), OnchainBench.OFFER);

    @BeforeEach
    void fundTheWallet() {
        bench.chain.putFactory(OnchainBench.FACTORY, CREATION, WALLET, CounterfactualWalletTest::accepts);
        bench.chain.token().mint(WALLET, 25_000);
        bench.chain.setMinesAtOnce();
    }

    @Test
    void itsFirstPaymentIsVerifiedAndNothingIsCreated() throws Exception {
        assertThat(bench.facilitator.verify(payment)).isEqualTo(new Verification.Verified(WALLET));
        assertThat(bench.chain.hasCode(WALLET)).isFalse();
    }

    @Test
    void oneTransactionCreatesItAndPays() throws Exception {
        SettlementHandle handle = prepared();

        assertThat(settled(handle)).isEqualTo(new Settlement.Settled(handle.transaction()));

        assertThat(bench.chain.hasCode(WALLET)).isTrue();
        assertThat(bench.chain.token().balance(Vectors.PAYEE)).isEqualTo(10_000);
        assertThat(new OnchainTransfers(bench.chain).find(payment))
                .isEqualTo(new TransferEvidence.Moved(handle.transaction()));
    }

    @Test
    void aWalletThatSomebodyCreatesMeanwhilePaysAllTheSame() {
        SettlementHandle handle = prepared();
        bench.chain.putWallet(WALLET, CounterfactualWalletTest::accepts);
        bench.chain.putFactory(OnchainBench.FACTORY, "0xdead", WALLET, CounterfactualWalletTest::accepts);

        assertThat(settled(handle)).isEqualTo(new Settlement.Settled(handle.transaction()));
    }

    @Test
    void onceItIsThereItsFactoryIsNotCalledAnyMore() {
        bench.chain.putWallet(WALLET, CounterfactualWalletTest::accepts);
        bench.chain.putFactory(OnchainBench.FACTORY, "0xdead", WALLET, CounterfactualWalletTest::accepts);

        assertThat(bench.facilitator.verify(payment)).isEqualTo(new Verification.Verified(WALLET));
        SettlementHandle handle = prepared();
        assertThat(settled(handle)).isEqualTo(new Settlement.Settled(handle.transaction()));
    }

    @Test
    void aFactoryThatIsNotAllowedIsNeverCalledWhetherAnybodyVerifiedOrNot() {
        OnchainFacilitator strict = new OnchainFacilitator(bench.chain, () -> OnchainBench.SETTLER,
                (signer, count) -> count, Network.BASE_SEPOLIA, OnchainBench.CAP,
                SmartWalletFactories.of(List.of(Vectors.ADDRESS_B)), bench.clock);

        assertThat(strict.verify(payment)).isInstanceOfSatisfying(Verification.Rejected.class,
                no -> assertThat(no.reason()).isEqualTo("eip6492_factory_not_allowed"));
        assertThat(strict.prepare(payment)).isInstanceOfSatisfying(Preparation.Refused.class,
                no -> assertThat(no.reason()).isEqualTo("eip6492_factory_not_allowed"));
        assertThat(bench.chain.questions()).doesNotContain("call", "estimateGas");
    }

    @Test
    void whatTheTokenObjectsToIsSaidInItsWords() {
        bench.chain.token().burnAll(WALLET);

        assertThat(bench.facilitator.verify(payment)).isEqualTo(new Verification.Rejected(
                "invalid_exact_evm_insufficient_balance", "ERC20: transfer amount exceeds balance"));
        assertThat(bench.facilitator.prepare(payment)).isEqualTo(new Preparation.Refused(
                "invalid_exact_evm_insufficient_balance", "ERC20: transfer amount exceeds balance"));
        assertThat(bench.nextNumber).hasValue(0);
    }

    @Test
    void aWalletThatCannotBeCreatedDoesNotPay() {
        bench.chain.putFactory(OnchainBench.FACTORY, "0xdead", WALLET, CounterfactualWalletTest::accepts);

        assertThat(bench.facilitator.verify(payment))
                .isEqualTo(new Verification.Rejected("smart_wallet_deployment_failed", "no owners"));
        assertThat(bench.facilitator.prepare(payment))
                .isEqualTo(new Preparation.Refused("smart_wallet_deployment_failed", "no owners"));
    }

    @Test
    void aCreationThatTakesTooMuchGasIsRefused() {
        bench.chain.setGas(1_000_001);

        assertThat(bench.facilitator.prepare(payment)).isInstanceOfSatisfying(Preparation.Refused.class,
                no -> assertThat(no.reason()).isEqualTo("invalid_exact_evm_transaction_failed"));
    }

    private static boolean accepts(byte[] digest, byte[] signature) {
        return digest.length == 32 && Hex.of(signature).equals(OWN_WORDS);
    }

    private SettlementHandle prepared() {
        return ((Preparation.Prepared) bench.facilitator.prepare(payment)).handle();
    }

    private Settlement settled(SettlementHandle handle) {
        return bench.facilitator.settle(payment, handle, Duration.ZERO);
    }
}
