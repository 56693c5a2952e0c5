package io.x402compute.x402.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.protocol.Hex;

class EvmWalletTest {

    @Test
    void showsItsAddressWithTheChecksum() {
        assertThat(EvmWallet.of(Vectors.KEY_A).address()).isEqualTo(Vectors.ADDRESS_A);
        assertThat(EvmWallet.of(Vectors.KEY_B).address()).isEqualTo(Vectors.ADDRESS_B);
        assertThat(EvmWallet.of(Vectors.KEY_ONE).address()).isEqualTo(Vectors.ADDRESS_ONE);
    }

    /** The samples of EIP-55. */
    @ParameterizedTest
    @ValueSource(strings = {"0x52908400098527886E0F7030069857D2E4169EE7", "0xde709f2102306220921060314715629080e2fb77",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"})
    void checksumsAsTheStandardDoes(String address) {
        assertThat(EvmAddress.checksummed(Hex.lowerCase(address))).isEqualTo(address);
    }

    @Test
    void neverTellsItsKey() {
        assertThat(EvmWallet.of(Vectors.KEY_A)).hasToString(Vectors.ADDRESS_A);
        String notQuiteAKey = Vectors.KEY_A + "zz";
        assertThatThrownBy(() -> EvmWallet.of(notQuiteAKey)).isInstanceOf(IllegalArgumentException.class)
                .hasNoCause().hasMessageNotContaining("ac0974");
    }
}
