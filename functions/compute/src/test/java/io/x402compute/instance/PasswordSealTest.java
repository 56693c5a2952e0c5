package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class PasswordSealTest {
    private static final InstanceId INSTANCE = new InstanceId(UUID.randomUUID());
    private static final RootPassword PASSWORD = RootPassword.random(new SecureRandom());

    private final PasswordSeal seal = new PasswordSeal(() -> "a secret");

    @Test
    void whatWasSealedIsOpenedAgain() {
        assertThat(seal.open(seal.seal(PASSWORD, INSTANCE), INSTANCE).text()).isEqualTo(PASSWORD.text());
    }

    @Test
    void envelopeShowsNothingAndIsAnotherEachTime() {
        SealedPassword sealed = seal.seal(PASSWORD, INSTANCE);

        assertThat(new String(Base64.getDecoder().decode(sealed.envelope()), StandardCharsets.ISO_8859_1))
                .doesNotContain(PASSWORD.text().substring(0, 4));
        assertThat(seal.seal(PASSWORD, INSTANCE)).isNotEqualTo(sealed);
    }

    @Test
    void envelopeOfAnotherInstanceStaysClosed() {
        SealedPassword sealed = seal.seal(PASSWORD, INSTANCE);

        assertStaysClosed(seal, sealed, new InstanceId(UUID.randomUUID()));
    }

    @Test
    void envelopeStaysClosedUnderAnotherSecret() {
        assertStaysClosed(new PasswordSeal(() -> "a secre"), seal.seal(PASSWORD, INSTANCE), INSTANCE);
    }

    @Test
    void envelopeStaysClosedWhicheverBitOfItIsChanged() {
        byte[] envelope = Base64.getDecoder().decode(seal.seal(PASSWORD, INSTANCE).envelope());
        IntStream.range(0, envelope.length * Byte.SIZE).forEach(bit -> {
            byte[] changed = envelope.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertStaysClosed(seal, sealed(changed), INSTANCE);
        });
    }

    @Test
    void envelopeThatIsCutShortStaysClosed() {
        byte[] envelope = Base64.getDecoder().decode(seal.seal(PASSWORD, INSTANCE).envelope());
        IntStream.range(0, envelope.length).forEach(
                length -> assertStaysClosed(seal, sealed(Arrays.copyOf(envelope, length)), INSTANCE));
    }

    private static SealedPassword sealed(byte[] envelope) {
        return new SealedPassword(Base64.getEncoder().encodeToString(envelope));
    }

    private static void assertStaysClosed(PasswordSeal seal, SealedPassword sealed, InstanceId instance) {
        assertThatIllegalStateException().isThrownBy(() -> seal.open(sealed, instance))
                .withMessageNotContaining(PASSWORD.text());
    }
}
