package io.x402compute.x402.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.PayerSignature.Outcome;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;

class PayerSignatureTest {
    private static final String CONTRACT = "0x00000000000000000000000000000000000c0de5";
    private static final String OWN_WORDS = "0x" + "5e".repeat(96);
    private static final String FACTORY = "0x0000000000000000000000000000000000facade";
    private static final String CREATION = "0x010203";

    private final FakeChain chain = new FakeChain(TokenDomain.of(Vectors.SEPOLIA_OFFER).orElseThrow(),
            Instant.ofEpochSecond(Vectors.VALID_AFTER + 10));
    private final PayerSignature signatures = new PayerSignature(chain);
    private final PayerSignature allowing = new PayerSignature(chain,
            SmartWalletFactories.of(List.of("0x0000000000000000000000000000000000FACADE")));

    @Test
    void aPlainKeysSignatureIsItsOwnProof() {
        assertThat(signatures.check(payment(Vectors.ADDRESS_A, Vectors.SEPOLIA_SIGNATURE)))
                .isEqualTo(new Outcome.Authentic());
    }

    @Test
    void anothersSignatureIsForged() {
        assertThat(reason(signatures.check(payment(Vectors.ADDRESS_B, Vectors.SEPOLIA_SIGNATURE))))
                .isEqualTo("invalid_exact_evm_signature");
        assertThat(reason(signatures.check(payment(Vectors.ADDRESS_A, Vectors.BASE_SIGNATURE))))
                .isEqualTo("invalid_exact_evm_signature");
        assertThat(reason(signatures.check(payment(Vectors.ADDRESS_A, OWN_WORDS))))
                .isEqualTo("invalid_exact_evm_signature");
        assertThat(reason(signatures.check(payment(Vectors.ADDRESS_A, "0x")))).isEqualTo("invalid_exact_evm_signature");
    }

    @Test
    void aContractWalletIsAsked() {
        chain.putWallet(CONTRACT, (digest, signature) -> Hex.of(signature).equals(OWN_WORDS)
                && Hex.of(digest).equals(Hex.of(TransferDigest.of(TokenDomain.of(Vectors.SEPOLIA_OFFER).orElseThrow(),
                        Vectors.authorization(CONTRACT)))));
        assertThat(signatures.check(payment(CONTRACT, OWN_WORDS))).isEqualTo(new Outcome.Authentic());
        assertThat(reason(signatures.check(payment(CONTRACT, OWN_WORDS + "00"))))
                .isEqualTo("invalid_exact_evm_signature");
    }

    @Test
    void aDelegatedAccountsOwnKeyDoesNotCountWhereTheTokenWouldNotCountIt() {
        Payment ownKeys = payment(Vectors.ADDRESS_A, Vectors.SEPOLIA_SIGNATURE);
        chain.delegate(Vectors.ADDRESS_A);
        assertThat(reason(signatures.check(ownKeys))).isEqualTo("invalid_exact_evm_signature");
        assertThat(signatures.checkKnown(ownKeys)).isEqualTo(new Outcome.Authentic());
    }

    @Test
    void aDelegatedAccountMaySignByErc1271() {
        chain.putWallet(Vectors.ADDRESS_A, (digest, signature) -> true);
        assertThat(signatures.check(payment(Vectors.ADDRESS_A, Vectors.SEPOLIA_SIGNATURE)))
                .isEqualTo(new Outcome.Authentic());
    }

    @Test
    void aWalletThatIsNotThereYetIsCreatedAndAskedWithoutATrace() throws ChainUnavailable {
        chain.putFactory(FACTORY, CREATION, CONTRACT, (digest, signature) -> Hex.of(signature).equals(OWN_WORDS));
        assertThat(allowing.check(payment(CONTRACT, wrapped(OWN_WORDS)))).isEqualTo(new Outcome.Authentic());
        assertThat(allowing.checkKnown(payment(CONTRACT, wrapped(OWN_WORDS)))).isEqualTo(new Outcome.Authentic());
        assertThat(reason(allowing.check(payment(CONTRACT, wrapped(OWN_WORDS + "00")))))
                .isEqualTo("invalid_exact_evm_signature");
        assertThat(chain.hasCode(CONTRACT)).isFalse();
    }

    @Test
    void onlyFactoriesThatTheOperatorNamesAreCalled() {
        chain.putFactory(FACTORY, CREATION, CONTRACT, (digest, signature) -> true);
        assertThat(reason(signatures.check(payment(CONTRACT, wrapped(OWN_WORDS)))))
                .isEqualTo("eip6492_factory_not_allowed");
        assertThat(chain.questions()).doesNotContain("call");
    }

    @Test
    void aFactoryThatFailsMakesNoPayer() {
        chain.putFactory(FACTORY, "0x00", CONTRACT, (digest, signature) -> true);
        assertThat(allowing.check(payment(CONTRACT, wrapped(OWN_WORDS))))
                .isEqualTo(new Outcome.Forged("smart_wallet_deployment_failed", "no owners"));
    }

    @Test
    void theWalletThatIsMadeHasToBeThePayers() {
        chain.putFactory(FACTORY, CREATION, Vectors.ADDRESS_B, (digest, signature) -> true);
        assertThat(reason(allowing.check(payment(CONTRACT, wrapped(OWN_WORDS)))))
                .isEqualTo("invalid_exact_evm_payload_undeployed_smart_wallet");
        assertThat(reason(allowing.check(payment(Vectors.ADDRESS_A, wrapped(Vectors.SEPOLIA_SIGNATURE)))))
                .as("a plain key has nothing to create")
                .isEqualTo("invalid_exact_evm_payload_undeployed_smart_wallet");
    }

    @Test
    void withoutMulticall3NothingIsKnownOfAWalletThatIsNotThere() {
        chain.removeMulticall3();
        assertThat(reason(allowing.check(payment(CONTRACT, wrapped(OWN_WORDS)))))
                .isEqualTo("smart_wallet_deployment_failed");
    }

    @Test
    void onceDeployedItsWrappedSignatureIsUnwrapped() {
        chain.putWallet(CONTRACT, (digest, signature) -> Hex.of(signature).equals(OWN_WORDS));
        assertThat(signatures.check(payment(CONTRACT, wrapped(OWN_WORDS)))).isEqualTo(new Outcome.Authentic());
        SchemePayload.Eip3009 signed = new SchemePayload.Eip3009(Vectors.authorization(CONTRACT), wrapped(OWN_WORDS));
        assertThat(new FakeToken.Arguments(Eip3009Token.transfer(signed)).signature()).isEqualTo(Hex.bytes(OWN_WORDS));
    }

    @Test
    void wrappersThatMakeNoSenseAreNobodysSignature() {
        chain.putWallet(CONTRACT, (digest, signature) -> Hex.of(signature).equals(OWN_WORDS));
        for (String nonsense : List.of("00", "ff".repeat(96), "00".repeat(96))) {
            String signature = "0x" + nonsense + WrappedSignature.MARK;
            assertThat(reason(signatures.check(payment(CONTRACT, signature)))).as(nonsense)
                    .isEqualTo("invalid_exact_evm_signature");
        }
    }

    @Test
    void aSilentNodeSaysNothingOfASignature() {
        chain.setUnreachable(true);
        Payment ownKeys = payment(Vectors.ADDRESS_A, Vectors.SEPOLIA_SIGNATURE);
        assertThat(signatures.check(ownKeys)).isInstanceOf(Outcome.Unanswered.class);
        assertThat(signatures.checkKnown(ownKeys)).isEqualTo(new Outcome.Authentic());
        assertThat(signatures.checkKnown(payment(CONTRACT, OWN_WORDS))).isInstanceOf(Outcome.Unanswered.class);
    }

    private static String wrapped(String signature) {
        return WrappedSignature.of(FACTORY, CREATION, signature);
    }

    private static Payment payment(String from, String signature) {
        return Vectors.payment(new SchemePayload.Eip3009(Vectors.authorization(from), signature),
                Vectors.SEPOLIA_OFFER);
    }

    private static String reason(Outcome outcome) {
        return ((Outcome.Forged) outcome).reason();
    }
}
