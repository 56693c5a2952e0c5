package io.x402compute.local.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.EvmWallet;
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
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

/** Smart wallets pay on a real EVM: created by their first payment, there already, or a key's account that is delegated. */
class SmartWalletPaymentTest {
    private static final long PRICE = 1_699_200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final AtomicLong SALT = new AtomicLong();
    private static final AtomicLong NUMBER = new AtomicLong();

    private final SmartWallet wallet = new SmartWallet(owner.address(), SALT.incrementAndGet());
    private final String address = evm.addressOf(wallet);

    private static LocalEvm evm;
    private static RpcEvmChain chain;
    private static EvmWallet owner;
    private static OnchainFacilitator facilitator;

    @BeforeAll
    static void startChain() {
        evm = LocalEvm.start(0);
        chain = new RpcEvmChain(evm.rpcUrl(), Duration.ofSeconds(2), Duration.ofSeconds(5));
        owner = EvmWallet.of(evm.privateKey(3));
        facilitator = facilitator(SmartWalletFactories.of(List.of(LocalEvm.WALLET_FACTORY)));
    }

    private static OnchainFacilitator facilitator(SmartWalletFactories factories) {
        EvmWallet settler = EvmWallet.of(evm.privateKey(0));
        return new OnchainFacilitator(chain, () -> settler, (signer, count) -> NUMBER.getAndIncrement(), Network.BASE,
                FeeCap.ofGwei(100_000_000), factories, Clock.systemUTC());
    }

    @AfterAll
    static void stopChain() {
        evm.close();
    }

    @Test
    void aWalletIsCreatedByTheTransactionThatPays() throws Exception {
        evm.mint(address, PRICE);
        Payment payment = payment(address, wallet::signature);

        assertThat(facilitator.verify(payment)).isEqualTo(new Verification.Verified(address));
        assertThat(chain.hasCode(address)).isFalse();

        assertPays(payment);
        assertThat(chain.hasCode(address)).isTrue();
    }

    @Test
    void aWalletThatSomebodyCreatesMeanwhilePaysAllTheSame() {
        evm.mint(address, PRICE);
        Payment payment = payment(address, wallet::signature);
        SettlementHandle handle = prepared(payment);

        evm.create(wallet);

        assertThat(facilitator.settle(payment, handle, PATIENCE))
                .isEqualTo(new Settlement.Settled(handle.transaction()));
    }

    @Test
    void onceItIsThereItNeedsNoFactoryAndAWrappedSignatureIsUnwrapped() {
        evm.mint(address, PRICE);
        evm.create(wallet);
        Payment payment = payment(address, wallet::signature);
        OnchainFacilitator strict = facilitator(SmartWalletFactories.NONE);

        assertThat(strict.verify(payment)).isEqualTo(new Verification.Verified(address));
        assertPays(payment);
    }

    @Test
    void anotherOwnersSignatureBuysNothing() {
        evm.mint(address, PRICE);
        Payment payment = payment(address, wallet::signature, EvmWallet.of(evm.privateKey(4)));

        assertThat(reason(payment)).isEqualTo("invalid_exact_evm_signature");
    }

    @Test
    void aWalletWithoutTheMoneyIsRefusedInTheTokensWords() {
        Payment payment = payment(address, wallet::signature);

        assertThat(facilitator.verify(payment)).isEqualTo(new Verification.Rejected(
                "invalid_exact_evm_insufficient_balance", "ERC20: transfer amount exceeds balance"));
        assertThat(facilitator.prepare(payment)).isEqualTo(new Preparation.Refused(
                "invalid_exact_evm_insufficient_balance", "ERC20: transfer amount exceeds balance"));
    }

    @Test
    void aFactoryThatFailsIsNamed() {
        Payment payment = payment(address,
                signature -> SmartWallet.wrapped(LocalEvm.WALLET_FACTORY, "0xdeadbeef", signature));

        assertThat(reason(payment)).isEqualTo("smart_wallet_deployment_failed");
    }

    @Test
    void aFactoryThatMakesAnotherWalletThanThePayersIsFoundOut() {
        Payment payment = payment(address, new SmartWallet(evm.address(4), 1)::signature);

        assertThat(reason(payment)).isEqualTo("invalid_exact_evm_payload_undeployed_smart_wallet");
    }

    @Test
    void anAccountDelegatedByItsKeyPaysByItsDelegatesWord() throws Exception {
        String account = evm.address(7).toLowerCase(Locale.ROOT);
        evm.mint(account, PRICE);
        Delegation.delegate(evm, 7, evm.deploy("ContractWallet", owner.address()));
        assertThat(chain.hasCode(account)).isTrue();

        Payment ownKey = payment(account, UnaryOperator.identity(), EvmWallet.of(evm.privateKey(7)));
        assertThat(reason(ownKey)).isEqualTo("invalid_exact_evm_signature");
        assertPays(payment(account, UnaryOperator.identity()));
    }

    private static void assertPays(Payment payment) {
        long before = evm.balanceOf(evm.address(0));
        SettlementHandle handle = prepared(payment);

        assertThat(facilitator.settle(payment, handle, PATIENCE))
                .isEqualTo(new Settlement.Settled(handle.transaction()));

        assertThat(evm.balanceOf(evm.address(0))).isEqualTo(before + PRICE);
        assertThat(new OnchainTransfers(chain).find(payment))
                .isEqualTo(new TransferEvidence.Moved(handle.transaction()));
    }

    private static SettlementHandle prepared(Payment payment) {
        return ((Preparation.Prepared) facilitator.prepare(payment)).handle();
    }

    private static String reason(Payment payment) {
        return ((Verification.Rejected) facilitator.verify(payment)).reason();
    }

    private static Payment payment(String from, UnaryOperator<String> form) {
        return payment(from, form, owner);
    }

    private static Payment payment(String from, UnaryOperator<String> form, EvmWallet signer) {
        PaymentRequirements offer = new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE, new Usdc(PRICE),
                LocalEvm.USDC, evm.address(0), 300, Map.of("name", "USD Coin", "version", "2"));
        Eip3009Authorization transfer = new Eip3009Authorization(from, evm.address(0).toLowerCase(Locale.ROOT),
                BigInteger.valueOf(PRICE), BigInteger.ZERO,
                BigInteger.valueOf(Instant.now().plusSeconds(3600).getEpochSecond()),
                "0x" + UUID.randomUUID().toString().replace("-", "").repeat(2));
        SchemePayload.Eip3009 signed = signer.authorize(transfer, offer);
        return new Payment(new PaymentPayload(2, PaymentRequirements.EXACT, Network.BASE,
                new SchemePayload.Eip3009(transfer, form.apply(signed.signature())), Optional.of(offer.toV2Json()),
                Optional.empty()), offer);
    }
}
