package io.x402compute.cli.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.x402.solana.Base58;
import io.x402compute.x402.solana.SolanaWallet;

class KeyFileTest {
    private static final String SECRET = "0101010101010101010101010101010101010101010101010101010101010101";
    private static final byte[] SEED = HexFormat.of().parseHex(SECRET);
    private static final byte[] PAIR = pair();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "0x" + SECRET, "  0x" + SECRET + "\n"})
    void hexDigitsAreAWalletOnBase(String text) throws IOException {
        assertThat(read(text)).isInstanceOf(Key.OnEvm.class);
        assertThat(read(text).address()).isEqualTo("0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1");
    }

    @Test
    void solanasOwnFormsAreAWalletThere() throws IOException {
        String array = IntStream.range(0, PAIR.length).mapToObj(i -> Integer.toString(PAIR[i] & 0xff))
                .collect(Collectors.joining(",", "[", "]"));
        String address = SolanaWallet.ofSeed(SEED).address();
        assertThat(read(array).address()).isEqualTo(address);
        assertThat(read(array.replace(",", ", ") + "\n").address()).isEqualTo(address);
        assertThat(read(Base58.encode(PAIR)).address()).isEqualTo(address);
    }

    @Test
    void aFileThatOthersMayReadIsNotUsed() throws IOException {
        for (String permissions : new String[]{"rw-r-----", "rw----r--", "rw--w----"}) {
            Path file = file(SECRET, permissions);
            assertThatThrownBy(() -> KeyFile.read(file.toString())).hasMessageContaining("chmod 600 " + file);
        }
        assertThat(KeyFile.read(file(SECRET, "r--------").toString())).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "010101010101010101010101", "not a key 5e5e5e5e", "[1,2,3]",
        "0x0000000000000000000000000000000000000000000000000000000000000000", "-----BEGIN PRIVATE KEY----- 5e5e5e5e"})
    void whatIsNoKeyIsToldWithoutWhatItSays(String text) throws IOException {
        Path file = file(text, "rw-------");
        Throwable failure = catchThrowable(() -> KeyFile.read(file.toString()));
        assertThat(failure).isInstanceOfSatisfying(CommandFailed.class,
                failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.USAGE));
        assertThat(failure.getMessage()).contains(file.toString()).doesNotContain("5e5e", "0000", "[1");
        assertThat(failure.getCause()).isNull();
    }

    @Test
    void aBrokenPairIsNoKey() throws IOException {
        byte[] broken = PAIR.clone();
        broken[63] ^= 1;
        assertThatThrownBy(() -> read(Base58.encode(broken))).hasMessageContaining("holds no private key");
    }

    @Test
    void aKeyInPlaceOfItsFileIsNotRepeated() {
        for (String key : new String[]{SECRET, "0x" + SECRET, Base58.encode(PAIR)}) {
            assertThatThrownBy(() -> KeyFile.read(key)).hasMessageContaining("looks like a key itself")
                    .hasMessageNotContaining(key);
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> KeyFile.read("/no/such.key")).hasMessage("there is no key file /no/such.key");
    }

    private Key read(String text) throws IOException {
        return KeyFile.read(file(text, "rw-------").toString());
    }

    private Path file(String text, String permissions) throws IOException {
        Path file = folder.resolve("wallet.key");
        Files.deleteIfExists(file);
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static byte[] pair() {
        byte[] address = Base58.decode(SolanaWallet.ofSeed(SEED).address()).orElseThrow();
        return ByteBuffer.allocate(64).put(SEED).put(address).array();
    }
}
