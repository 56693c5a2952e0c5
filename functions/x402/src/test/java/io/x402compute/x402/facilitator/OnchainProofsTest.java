package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.evm.ContractCall;
import io.x402compute.x402.evm.Eip3009Token;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.FakeChain;
import io.x402compute.x402.evm.FakeToken;
import io.x402compute.x402.evm.Permit2Proxy;
import io.x402compute.x402.evm.Permits;
import io.x402compute.x402.evm.TokenDomain;
import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.facilitator.TransferProofs.Flaw;
import io.x402compute.x402.facilitator.TransferProofs.Proof;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.TransactionId;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

/** Which transactions count as payments, and under which key. */
class OnchainProofsTest {
    private static final EvmWallet PAYER = EvmWallet.of(Vectors.KEY_A);
    private static final Payment SIGNED = Vectors.payment(
            PAYER.authorize(Vectors.authorization(PAYER.address()), Vectors.SEPOLIA_OFFER), Vectors.SEPOLIA_OFFER);
    private static final Instant NOW = Instant.ofEpochSecond(Vectors.VALID_AFTER + 10);
    private static final String RELAY = "0x0000000000000000000000000000000000ae1a70";

    private final FakeChain chain = new FakeChain(TokenDomain.of(Vectors.SEPOLIA_OFFER).orElseThrow(), NOW);
    private final OnchainProofs proofs = new OnchainProofs(chain, 3);

    @BeforeEach
    void fundThePayer() {
        chain.token().mint(PAYER.address(), 50_000);
    }

    @Test
    void aTransferOfThePayersOwnIsProvenWithItsSenderAmountAndTime() {
        String transaction = paid(Vectors.PAYEE, 10_417);

        assertThat(found(transaction)).isEqualTo(new Proof.Proven(
                new PaymentKey("eip155:84532/transfer/" + transaction + "/0"),
                new Wallet(Hex.lowerCase(PAYER.address())), new Usdc(10_417), NOW));
    }

    @Test
    void whatWasSignedAndSettledHasTheKeyThatItWasSignedUnder() {
        String transaction = deep(chain.executeDirectly(
                new ContractCall(Vectors.BASE_SEPOLIA_USDC, transfer(SIGNED))));

        assertThat(found(transaction)).isEqualTo(new Proof.Proven(SIGNED.key(),
                new Wallet(Hex.lowerCase(PAYER.address())), new Usdc(10_000), NOW));
    }

    @Test
    void twoSpellingsOfAHashAreOnePayment() {
        String transaction = paid(Vectors.PAYEE, 10_000);

        String shouted = "0x" + transaction.substring(2).toUpperCase(Locale.ROOT);
        assertThat(found(shouted)).isEqualTo(found(transaction));
    }

    @Test
    void aTransactionTakesItsBlocksToCount() {
        String transaction = chain.executeAs(PAYER.address(), transferTo(Vectors.PAYEE, 10_000));
        assertThat(found(transaction)).isEqualTo(new Proof.TooRecent());
        chain.skipBlocks(1);
        assertThat(found(transaction)).isEqualTo(new Proof.TooRecent());
        chain.skipBlocks(1);
        assertThat(found(transaction)).isInstanceOf(Proof.Proven.class);
    }

    @Test
    void whatIsInNoBlockIsNotFound() {
        assertThat(found("0x" + "ab".repeat(32))).isEqualTo(new Proof.NotFound());
    }

    @Test
    void aTransferToSomebodyElseIsNone() {
        assertThat(found(paid(Vectors.ADDRESS_B, 10_000))).isEqualTo(new Proof.Flawed(Flaw.OTHER_RECIPIENT));
    }

    @Test
    void aFailedTransferIsNone() {
        String transaction = deep(chain.executeInVain(transferTo(Vectors.PAYEE, 10_000)));
        assertThat(found(transaction)).isEqualTo(new Proof.Flawed(Flaw.FAILED));
    }

    @Test
    void anotherTokensTransferIsNone() {
        String transaction = deep(chain.executeAs(PAYER.address(),
                new ContractCall(Vectors.ADDRESS_B, FakeToken.transferCall(Vectors.PAYEE, 10_000))));
        assertThat(found(transaction)).isEqualTo(new Proof.Flawed(Flaw.OTHER_TOKEN));
    }

    /** Its key would be that of the permit, which the token's events do not show: claimed here it could buy twice. */
    @Test
    void whatAPermitHasPaidIsNotProvenByItsTransaction() {
        chain.token().approvePermit2(PAYER.address(), 50_000);
        String transaction = deep(chain.executeDirectly(Permit2Proxy.settle(
                PAYER.authorize(Permits.permit(Vectors.ADDRESS_A), Network.BASE_SEPOLIA))));
        assertThat(found(transaction)).isEqualTo(new Proof.Flawed(Flaw.OTHER_TOKEN));
    }

    @Test
    void whatAnotherContractHasTransferredIsNone() {
        String transaction = deep(chain.executeThrough(RELAY,
                List.of(new ContractCall(Vectors.BASE_SEPOLIA_USDC, transfer(SIGNED)))));
        assertThat(found(transaction)).isEqualTo(new Proof.Flawed(Flaw.OTHER_TOKEN));
    }

    @Test
    void aCallOfTheTokenThatTransfersNothingIsNone() {
        String transaction = deep(chain.executeDirectly(new ContractCall(Vectors.BASE_SEPOLIA_USDC,
                FakeToken.cancelCall(Vectors.authorization(PAYER.address())))));
        assertThat(found(transaction)).isEqualTo(new Proof.Flawed(Flaw.NO_PLAIN_TRANSFER));
    }

    @Test
    void aSilentNodeProvesNothing() {
        String transaction = paid(Vectors.PAYEE, 10_000);
        chain.setUnreachable(true);
        assertThat(found(transaction)).isInstanceOf(Proof.Unreadable.class);
    }

    /** transfer, transferWithAuthorization and receiveWithAuthorization, the latter with a signature in parts or in one. */
    @ParameterizedTest
    @ValueSource(strings = {"0xa9059cbb", "0xe3ee160e", "0xcf092995", "0xef55bec6", "0x88b7ab63"})
    void theTokensOwnTransfersAreKnownByTheirSelectors(String selector) {
        assertThat(Eip3009Token.isPlainTransfer(new ContractCall(Vectors.BASE_USDC, selector + "00"),
                Hex.lowerCase(Vectors.BASE_USDC))).isTrue();
    }

    /** transferFrom takes what was allowed to somebody; that says nothing of who has paid for what. */
    @ParameterizedTest
    @ValueSource(strings = {"0x23b872dd", "0x095ea7b3", "0xa9059c", "0x"})
    void andNothingElseIs(String data) {
        assertThat(Eip3009Token.isPlainTransfer(new ContractCall(Vectors.BASE_USDC, data), Vectors.BASE_USDC))
                .isFalse();
    }

    private String paid(String to, long amount) {
        return deep(chain.executeAs(PAYER.address(), transferTo(to, amount)));
    }

    private String deep(String transaction) {
        chain.skipBlocks(2);
        return transaction;
    }

    private Proof found(String transaction) {
        return proofs.find(TransactionId.of(Network.BASE_SEPOLIA, transaction).orElseThrow(), Vectors.SEPOLIA_OFFER);
    }

    private static ContractCall transferTo(String to, long amount) {
        return new ContractCall(Vectors.BASE_SEPOLIA_USDC, FakeToken.transferCall(to, amount));
    }

    private static String transfer(Payment payment) {
        return Eip3009Token.transfer((SchemePayload.Eip3009) payment.payload().schemePayload());
    }
}
