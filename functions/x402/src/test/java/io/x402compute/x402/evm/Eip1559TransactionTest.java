package io.x402compute.x402.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.SchemePayload;

class Eip1559TransactionTest {
    private static final String CALL = "0xe3ee160e000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266"
            + "000000000000000000000000209693bc6afc0c5328ba36faf03c514ef312287c" + "0".repeat(60) + "2710"
            + "0".repeat(56)
            + "67c08c59" + "0".repeat(56) + "67c08c9a" + Vectors.NONCE.substring(2) + "0".repeat(62) + "1b"
            + "dc53a4a579de989368a0fae2ef2172ff2f474b4297013f865d171239f17ef4c3"
            + "157b4b4030f1bebc53d55ace15c2377dff501a60e1e56c291f1000d6e78f082f";

    @Test
    void aPlainKeysTransferIsCalledWithVRAndS() {
        assertThat(Eip3009Token.transfer(signed(Vectors.SEPOLIA_SIGNATURE))).isEqualTo(CALL);
    }

    @Test
    void aContractWalletsTransferIsCalledWithItsBytes() {
        String call = Eip3009Token.transfer(signed("0x" + "ab".repeat(66)));
        assertThat(call).startsWith("0xcf092995");
        assertThat(new FakeToken.Arguments(call).signature()).isEqualTo(Hex.bytes("0x" + "ab".repeat(66)));
        assertThat(new FakeToken.Arguments(call).transfer()).isEqualTo(Vectors.authorization(Vectors.ADDRESS_A));
    }

    @Test
    void theSettlingTransactionIsByteForByteWhatOtherLibrariesMake() {
        Eip1559Transaction transaction = new Eip1559Transaction(84532, 7, BigInteger.valueOf(1_000_000),
                BigInteger.valueOf(20_000_000), 120_000, Vectors.BASE_SEPOLIA_USDC, CALL);
        assertThat(Hex.of(transaction.signingHash()))
                .isEqualTo("0x569c2c609c373d47b443b0c72bae198680831725b996e2cb7530e3835479535e");
        Eip1559Transaction.Signed signed = transaction.signedBy(EvmWallet.of(Vectors.KEY_B));
        assertThat(Hex.bytes(signed.raw())).hasSize(407);
        assertThat(signed.raw()).startsWith("0x02f90193")
                .contains("80a066c9380363e1ba90a75206d85a1b4892f70634f9bc48065ea934b375df1db79f")
                .endsWith("a0735392f064973acff4b3579da8c841630fd266712ab7494ea843798f76609880");
        assertThat(signed.hash()).isEqualTo("0xec47d8c665d092bf039b489a9166d16efe7b6de3f16db38e647114bca785c787");
    }

    private static SchemePayload.Eip3009 signed(String signature) {
        return new SchemePayload.Eip3009(Vectors.authorization(Vectors.ADDRESS_A), signature);
    }
}
