package io.x402compute.local.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.Eip3009Token;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.RpcEvmChain;
import io.x402compute.x402.facilitator.OnchainProofs;
import io.x402compute.x402.facilitator.SolanaProofs;
import io.x402compute.x402.facilitator.TransferProofs;
import io.x402compute.x402.facilitator.TransferProofs.Flaw;
import io.x402compute.x402.facilitator.TransferProofs.Proof;
import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.TransactionId;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.UsdcMint;
import io.x402compute.x402.protocol.Wallet;
import io.x402compute.x402.solana.RpcSolanaChain;
import io.x402compute.x402.solana.SolanaTransactions;
import io.x402compute.x402.solana.SolanaWallet;
import io.x402compute.x402.solana.TokenAccounts;
import io.x402compute.x402.solana.TokenTransfer;
import io.x402compute.x402.solana.TransferTransaction;

/** What nodes tell of transfers that nobody has signed for us. */
class TransferProofsTest {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final long AMOUNT = 10_417;

    private static LocalEvm evm;
    private static LocalSolana solana;

    @BeforeAll
    static void start() {
        evm = LocalEvm.start(0);
        solana = LocalSolana.start(0);
    }

    @AfterAll
    static void stop() {
        solana.close();
        evm.close();
    }

    @Test
    void aTransferIsProvenOnceItIsDeepEnough() {
        String transaction = transfer(evm.address(0));
        evm.mine();
        evm.mine();

        assertThat(onBase(1_000_000, transaction)).isEqualTo(new Proof.TooRecent());
        assertThat(onBase(3, transaction)).isInstanceOfSatisfying(Proof.Proven.class, proven -> {
            assertThat(proven.payer()).isEqualTo(Wallet.of(evm.address(1)).orElseThrow());
            assertThat(proven.amount()).isEqualTo(new Usdc(AMOUNT));
            assertThat(proven.time()).isCloseTo(Instant.ofEpochSecond(evm.blockTime()), aboutNow());
            assertThat(proven.key().value()).isEqualTo("eip155:8453/transfer/%s/0".formatted(transaction));
        });
    }

    @Test
    void whatWasSignedAndSettledHasTheKeyThatItWasSignedUnder() {
        Payment signed = signed();
        String transaction = evm.callToken(
                Eip3009Token.transfer((SchemePayload.Eip3009) signed.payload().schemePayload()));

        assertThat(onBase(1, transaction)).isInstanceOfSatisfying(Proof.Proven.class,
                proven -> assertThat(proven.key()).isEqualTo(signed.key()));
    }

    @Test
    void whatIsNoPaymentToUsIsTold() {
        assertThat(onBase(1, transfer(evm.address(2)))).isEqualTo(new Proof.Flawed(Flaw.OTHER_RECIPIENT));
        String elsewhere = evm.call(LocalEvm.WALLET_FACTORY, new SmartWallet(evm.address(3), 7).creation());
        assertThat(onBase(1, elsewhere)).isEqualTo(new Proof.Flawed(Flaw.OTHER_TOKEN));
        assertThat(onBase(1, "0x" + "ab".repeat(32))).isEqualTo(new Proof.NotFound());
    }

    @Test
    void aTransferOnSolanaIsProvenUnderTheHashOfItsMessage() throws NodeUnavailable {
        SolanaWallet payer = solana.wallet(1);
        RpcSolanaChain chain = new RpcSolanaChain(solana.rpcUrl(), CONNECT, ANSWER);
        PaymentRequirements offer = offer(Network.SOLANA, UsdcMint.SOLANA.asset(), solana.address(0));
        solana.fund(solana.address(0), 1);
        TransferTransaction paid = SolanaTransactions.payment(payer.address(),
                new TokenTransfer(UsdcMint.PROGRAM, account(payer.address()), offer.asset(),
                        account(solana.address(0)), payer.address(), BigInteger.valueOf(AMOUNT), UsdcMint.DECIMALS),
                "a cat", chain.latestBlockhash()).signedBy(payer);
        chain.send(paid.transaction());
        TransferProofs proofs = new SolanaProofs(chain);
        TransactionId transaction = TransactionId.of(Network.SOLANA, paid.transaction().id()).orElseThrow();
        solana.advance(Duration.ofSeconds(2));

        assertThat(proofs.find(transaction, offer)).isInstanceOfSatisfying(Proof.Proven.class, proven -> {
            assertThat(proven.payer()).isEqualTo(new Wallet(payer.address()));
            assertThat(proven.amount()).isEqualTo(new Usdc(AMOUNT));
            assertThat(proven.time()).isCloseTo(Instant.now(), aboutNow());
            assertThat(proven.key().value()).startsWith(Network.SOLANA.caip2() + "/message/");
        });
        assertThat(proofs.find(transaction, offer(Network.SOLANA, offer.asset(), solana.address(2))))
                .isEqualTo(new Proof.Flawed(Flaw.OTHER_RECIPIENT));
    }

    private static String transfer(String to) {
        return evm.callAs(1, LocalEvm.USDC, Abi.call(Abi.TRANSFER, to, Abi.word(AMOUNT)));
    }

    private static Proof onBase(int confirmations, String transaction) {
        return new OnchainProofs(new RpcEvmChain(evm.rpcUrl(), CONNECT, ANSWER), confirmations).find(
                TransactionId.of(Network.BASE, transaction).orElseThrow(),
                offer(Network.BASE, LocalEvm.USDC, evm.address(0)));
    }

    private static Payment signed() {
        EvmWallet payer = EvmWallet.of(evm.privateKey(1));
        PaymentRequirements offer = offer(Network.BASE, LocalEvm.USDC, evm.address(0)).withAmount(new Usdc(AMOUNT));
        Eip3009Authorization transfer = new Eip3009Authorization(payer.wallet().address(),
                Hex.lowerCase(offer.payTo()), BigInteger.valueOf(AMOUNT), BigInteger.ZERO,
                BigInteger.valueOf(evm.blockTime() + 600), "0x" + "77".repeat(32));
        return new Payment(new PaymentPayload(1, PaymentRequirements.EXACT, Network.BASE,
                payer.authorize(transfer, offer), Optional.empty(), Optional.empty()), offer);
    }

    private static PaymentRequirements offer(Network network, String asset, String payTo) {
        return new PaymentRequirements(PaymentRequirements.EXACT, network, Usdc.ZERO, asset, payTo, 300,
                Map.of("name", "USD Coin", "version", "2"));
    }

    private static String account(String owner) {
        return TokenAccounts.of(owner, UsdcMint.SOLANA.asset(), UsdcMint.PROGRAM);
    }

    private static TemporalUnitOffset aboutNow() {
        return within(2, ChronoUnit.MINUTES);
    }
}
