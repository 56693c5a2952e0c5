package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.HashSet;
import java.util.Set;

import org.apache.commons.codec.digest.Crypt;
import org.junit.jupiter.api.Test;

class RootPasswordTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void passwordsAreLongAlwaysOthersAndEasyToType() {
        Set<String> seen = new HashSet<>();
        for (int made = 0; made < 1_000; made++) {
            String text = RootPassword.random(random).text();
            assertThat(text).matches("[2-9a-hj-km-np-zA-HJ-NP-Z]{24}");
            seen.add(text);
        }

        assertThat(seen).hasSize(1_000);
    }

    @Test
    void hashFitsThePasswordUnderAnotherSaltEachTime() {
        RootPassword password = RootPassword.random(random);
        String hash = password.hash(random).text();

        assertThat(Crypt.crypt(password.text(), hash)).isEqualTo(hash);
        assertThat(Crypt.crypt(password.text() + "2", hash)).isNotEqualTo(hash);
        assertThat(password.hash(random).text()).isNotEqualTo(hash);
    }

    /** {@code openssl passwd -6 -salt ................ Correct23Horse} */
    @Test
    void hashIsTheOneThatOpenSslMakes() {
        assertThat(RootPassword.of("Correct23Horse").hash(new OnlyZeros()).text())
                .isEqualTo("$6$................$4JSTburBheBMJbZCaDwfkfxQWBgTPo"
                        + "lcrmyYzFLcRjKakjliRmy.F3n1qMbtHQctMuto7VHlkaFKzaKJSvqkx/");
    }

    @Test
    void passwordDoesNotShowItself() {
        RootPassword password = RootPassword.random(random);

        assertThat(password.toString()).doesNotContain(password.text());
    }

    /** Draws the first letter of every alphabet. */
    private static final class OnlyZeros extends SecureRandom {
        private static final long serialVersionUID = 1L;

        OnlyZeros() {
            super(new SecureRandomSpi() {
                private static final long serialVersionUID = 1L;

                @Override
                protected void engineSetSeed(byte[] seed) {}

                @Override
                protected void engineNextBytes(byte[] bytes) {}

                @Override
                protected byte[] engineGenerateSeed(int length) {
                    return new byte[length];
                }
            }, null);
        }
    }
}
