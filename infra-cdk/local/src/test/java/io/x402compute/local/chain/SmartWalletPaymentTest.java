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

    private static LocalEvm evm;
    private static RpcEvmChain chain;
    private static EvmWallet owner;
    private static OnchainFacilitator facilitator;

    @BeforeAll
    static void startChain() {
        evm = LocalEvm.start(0);
        chain = new RpcEvmChain(evm.rpcUrl(), Duration.ofSeconds(2), Duration.ofSeconds(5));
        owner = EvmWallet.of(evm.privateKey(3));
        EvmWallet settler = EvmWallet.of(evm.privateKey(0));
        AtomicLong next = new AtomicLong();
        facilitator = new OnchainFacilitator(chain, () -> settler, (signer, count) -> next.getAndIncrement(),
                Network.BASE, FeeCap.ofGwei(100_000_000),
                SmartWalletFactories.of(List.of(LocalEvm.WALLET_FACTORY)), Clock.systemUTC());
    }

    @AfterAll
    static void stopChain() {
        evm.close();
    }

    @Test
    void aWalletIsCreatedByTheTransactionThatPays() throws Exception {
        long salt = SALT.incrementAndGet();
        String wallet = fundedWallet(salt);
        Payment payment = payment(wallet, wrapped(salt));

        assertThat(facilitator.verify(payment)).isEqualTo(new Verification.Verified(wallet));
        assertThat(chain.hasCode(wallet)).isFalse();

        assertPays(payment);
        assertThat(chain.hasCode(wallet)).isTrue();
    }

    @Test
    void aWalletThatSomebodyCreatesMeanwhilePaysAllTheSame() {
        long salt = SALT.incrementAndGet();
        Payment payment = payment(fundedWallet(salt), wrapped(salt));
        SettlementHandle handle = prepared(payment);

        evm.createSmartWallet(owner.address(), salt);

        assertThat(facilitator.settle(payment, handle, PATIENCE))
                .isEqualTo(new Settlement.Settled(handle.transaction()));
        assertThat(prepared(payment(fundedWallet(salt), wrapped(salt))).signedTransaction())
                .as("once it is there it needs no factory").doesNotContain(LocalEvm.WALLET_FACTORY.substring(2));
    }

    @Test
    void anotherOwnersSignatureBuysNothing() {
        long salt = SALT.incrementAndGet();
        EvmWallet stranger = EvmWallet.of(evm.privateKey(4));
        Payment payment = payment(fundedWallet(salt), wrapped(salt), stranger);

        assertThat(facilitator.verify(payment)).isInstanceOfSatisfying(Verification.Rejected.class,
                no -> assertThat(no.reason()).isEqualTo("invalid_exact_evm_signature"));
    }

    @Test
    void aWalletWithoutTheMoneyIsRefusedInTheTokensWords() {
        long salt = SALT.incrementAndGet();
        Payment payment = payment(evm.smartWallet(owner.address(), salt), wrapped(salt));

        assertThat(facilitator.verify(payment)).isEqualTo(new Verification.Rejected(
                "invalid_exact_evm_insufficient_balance", "ERC20: transfer amount exceeds balance"));
        assertThat(facilitator.prepare(payment)).isEqualTo(new Preparation.Refused(
                "invalid_exact_evm_insufficient_balance", "ERC20: transfer amount exceeds balance"));
    }

    @Test
    void aFactoryThatFailsIsNamed() {
        Payment payment = payment(evm.smartWallet(owner.address(), 77), signature -> Erc6492Wrapper.of(
                LocalEvm.WALLET_FACTORY, "0xdeadbeef", signature));

        assertThat(facilitator.verify(payment)).isInstanceOfSatisfying(Verification.Rejected.class,
                no -> assertThat(no.reason()).isEqualTo("smart_wallet_deployment_failed"));
    }

    @Test
    void aDelegatedAccountPaysByItsDelegatesWord() {
        String account = evm.address(6).toLowerCase(Locale.ROOT);
        evm.mint(account, PRICE);
        evm.delegate(account, evm.deploy("ContractWallet", owner.address()));

        Payment ownKey = payment(account, signature -> signature, EvmWallet.of(evm.privateKey(6)));
        assertThat(facilitator.verify(ownKey)).isInstanceOfSatisfying(Verification.Rejected.class,
                no -> assertThat(no.reason()).isEqualTo("invalid_exact_evm_signature"));
        assertPays(payment(account, signature -> signature));
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

    private static String fundedWallet(long salt) {
        String wallet = evm.smartWallet(owner.address(), salt);
        evm.mint(wallet, PRICE);
        return wallet;
    }

    private interface SignatureForm {
        String of(String signature);
    }

    private static SignatureForm wrapped(long salt) {
        return signature -> Erc6492Wrapper.of(LocalEvm.WALLET_FACTORY,
                LocalEvm.smartWalletCreation(owner.address(), salt), signature);
    }

    private static Payment payment(String from, SignatureForm form) {
        return payment(from, form, owner);
    }

    private static Payment payment(String from, SignatureForm form, EvmWallet signer) {
        PaymentRequirements offer = new PaymentRequirements(PaymentRequirements.EXACT, Network.BASE, new Usdc(PRICE),
                LocalEvm.USDC, evm.address(0), 300, Map.of("name", "USD Coin", "version", "2"));
        Eip3009Authorization transfer = new Eip3009Authorization(from, evm.address(0).toLowerCase(Locale.ROOT),
                BigInteger.valueOf(PRICE), BigInteger.ZERO,
                BigInteger.valueOf(Instant.now().plusSeconds(3600).getEpochSecond()),
                "0x" + UUID.randomUUID().toString().replace("-", "").repeat(2));
        SchemePayload.Eip3009 signed = signer.authorize(transfer, offer);
        return new Payment(new PaymentPayload(2, PaymentRequirements.EXACT, Network.BASE,
                new SchemePayload.Eip3009(transfer, form.of(signed.signature())), Optional.of(offer.toV2Json()),
                Optional.empty()), offer);
    }
}
