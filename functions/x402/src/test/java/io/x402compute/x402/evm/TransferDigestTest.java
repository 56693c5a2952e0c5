package io.x402compute.x402.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Usdc;

class TransferDigestTest {
    private static final TokenDomain SEPOLIA = TokenDomain.of(Vectors.SEPOLIA_OFFER).orElseThrow();
    private static final TokenDomain BASE = TokenDomain.of(Vectors.BASE_OFFER).orElseThrow();

    @Test
    void domainSeparatorsAreTheContractsOwn() {
        assertThat(Hex.of(SEPOLIA.separator()))
                .isEqualTo("0x71f17a3b2ff373b803d70a5a07c046c1a2bc8e89c09ef722fcb047abe94c9818");
        assertThat(Hex.of(BASE.separator()))
                .isEqualTo("0x02fa7265e7c5d81118673727957699e4d68f74cd74b7db77da710fe8a2c7834f");
    }

    /** Of the three ways to use an authorization only the first pays here; their hashes must never be mistaken. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                + "|0x7c7c6cdb67a18743f49ec6fa9b35f50d52ed05cbed4cc592e13b44501c1a2267",
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                + "|0xd099cc98ef71107a616c4f0f941f04c322d8e254fe26b3c6668db87aae413de8",
        "CancelAuthorization(address authorizer,bytes32 nonce)"
                + "|0x158b0a9edf7a828aad02f63cd515c68ef2f50ba807396f6d12842833a1597429",
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                + "|0x8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f"})
    void typesHashAsPublished(String type, String hash) {
        assertThat(Hex.of(Keccak.hash(type))).isEqualTo(hash);
    }

    @Test
    void anOfferWithoutNameOrVersionHasNoDomain() {
        assertThat(TokenDomain.of(offer(Network.BASE, Map.of("name", "USD Coin")))).isEmpty();
        assertThat(TokenDomain.of(offer(Network.BASE, Map.of("version", "2")))).isEmpty();
        assertThat(TokenDomain.of(offer(Network.SOLANA, Map.of("name", "USD Coin", "version", "2")))).isEmpty();
    }

    @Test
    void theSpecificationsSampleSignatureIsItsPayers() {
        Eip3009Authorization sample = Vectors.authorization(Vectors.SPEC_PAYER);
        byte[] digest = TransferDigest.of(SEPOLIA, sample);
        assertThat(Hex.of(digest)).isEqualTo("0xf256992871671abcb27ff92885a7afa46218724e5fc0bac35d050115aa1d22e6");
        assertThat(signer(digest, Vectors.SPEC_SIGNATURE)).contains(Hex.lowerCase(Vectors.SPEC_PAYER));
    }

    @Test
    void theWrongTokenNameMakesItSomebodyElses() {
        TokenDomain misnamed = new TokenDomain("USD Coin", "2", 84532, Vectors.BASE_SEPOLIA_USDC);
        byte[] digest = TransferDigest.of(misnamed, Vectors.authorization(Vectors.SPEC_PAYER));
        assertThat(signer(digest, Vectors.SPEC_SIGNATURE)).contains("0xed07b31fa76779c7a25ba712fb1bfbecefa2ad7e");
    }

    @Test
    void digestsOfDifferentTokensDoNotMix() {
        Eip3009Authorization transfer = Vectors.authorization(Vectors.ADDRESS_A);
        assertThat(Hex.of(TransferDigest.structHash(transfer)))
                .isEqualTo("0xb2438b1b8298f6129feb7c6a96cb5bee12d7e8ba27c7c27cde803071ebdc42e8");
        for (int i = 0; i < 2; i++) {
            assertThat(Hex.of(TransferDigest.of(SEPOLIA, transfer)))
                    .isEqualTo("0x50708d3bf7216e1aeabe7bf22081b9f36c7c287530f92510318f13a03d89dc86");
            assertThat(Hex.of(TransferDigest.of(BASE, transfer)))
                    .isEqualTo("0x7e9613714edd92ad20fa5b252ec168245031911a3438dd20225f083b6a688f8a");
        }
    }

    @Test
    void digestOfTheGoImplementationsInputs() {
        Eip3009Authorization transfer = new Eip3009Authorization("0x1234567890123456789012345678901234567890",
                "0x9876543210987654321098765432109876543210", BigInteger.valueOf(1_000_000), BigInteger.ZERO,
                BigInteger.valueOf(9_999_999_999L), "0x" + "0".repeat(63) + "1");
        assertThat(Hex.of(TransferDigest.of(BASE, transfer)))
                .isEqualTo("0x85c207d3ba0a06e935c158ca65d4f4cbf97312fdb1317150584c53de04203a54");
    }

    @Test
    void walletsSignWhatTheLiveClientsSign() {
        EvmWallet a = EvmWallet.of(Vectors.KEY_A);
        Eip3009Authorization transfer = Vectors.authorization(a.address());
        assertThat(a.authorize(transfer, Vectors.SEPOLIA_OFFER).signature()).isEqualTo(Vectors.SEPOLIA_SIGNATURE);
        assertThat(a.authorize(transfer, Vectors.BASE_OFFER).signature()).isEqualTo(Vectors.BASE_SIGNATURE);

        EvmWallet one = EvmWallet.of(Vectors.KEY_ONE);
        Eip3009Authorization provision = new Eip3009Authorization(one.wallet().address(),
                "0x2b5ad5c4795c026514f8317c7a215e218dccd6cf", BigInteger.valueOf(90_000_000), BigInteger.ZERO,
                BigInteger.valueOf(1_771_376_400), "0x" + "11".repeat(32));
        assertThat(Hex.of(TransferDigest.structHash(provision)))
                .isEqualTo("0x1df8a8afc84d1f4c8a75cd583cfbcd7732b4abc307c26ddd09ead75b387f2cbd");
        assertThat(Hex.of(TransferDigest.of(BASE, provision)))
                .isEqualTo("0x744cd4f3509862f43c018537fc1d782567630a03fd22ac65256b4597d25520a7");
        assertThat(one.authorize(provision, Vectors.BASE_OFFER).signature())
                .isEqualTo(
                        "0xbbbe84f7f2da0af64f10f0d809fa4093ed764d41419bcd508a41af9d89591e982924e72bf4ac9f1de111ca91b6a0"
                                + "3afe3be86341670b91f070002c2136349f9a1b");
    }

    @Test
    void numbersOfAllSizesFillTheirWord() {
        BigInteger largest = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        assertThat(Hex.of(new Words(1).uint(largest).toBytes())).isEqualTo("0x" + "ff".repeat(32));
        assertThat(Hex.of(new Words(1).uint(BigInteger.TWO.pow(63)).toBytes()))
                .isEqualTo("0x" + "00".repeat(24) + "8000000000000000");
        assertThat(Hex.of(new Words(1).uint(BigInteger.valueOf(258)).toBytes()))
                .isEqualTo("0x" + "00".repeat(30) + "0102");
    }

    private static Optional<String> signer(byte[] digest, String signature) {
        return EcdsaSignature.ofTokenCall(Hex.bytes(signature)).flatMap(s -> Ecdsa.fastest().signer(digest, s));
    }

    private static PaymentRequirements offer(Network network, Map<String, String> extra) {
        return new PaymentRequirements(PaymentRequirements.EXACT, network, new Usdc(1), Vectors.BASE_USDC,
                Vectors.PAYEE, 60,
                extra);
    }
}
