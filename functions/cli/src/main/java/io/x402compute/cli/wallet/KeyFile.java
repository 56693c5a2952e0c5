package io.x402compute.cli.wallet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.solana.Base58;
import io.x402compute.x402.solana.SolanaWallet;

/**
 * A file with a private key: 64 hex digits for Base, base58 or the JSON array of Solana's own tools for Solana. What is wrong
 * with it is told without anything that stands in it.
 */
public final class KeyFile {
    private static final Pattern HEX = Pattern.compile("(?:0x)?([0-9a-fA-F]{64})");
    private static final Pattern BASE58 = Pattern.compile("[1-9A-HJ-NP-Za-km-z]{64,90}");
    private static final Pattern SECRETS = Pattern.compile("%s|%s|x402c_[A-Za-z0-9_-]+".formatted(HEX, BASE58));
    private static final Pattern ARRAY = Pattern.compile("\\[\\s*\\d{1,3}(?:\\s*,\\s*\\d{1,3}){63}\\s*]");
    private static final Pattern NO_DIGITS = Pattern.compile("\\D+");
    private static final int KEY_PAIR_BYTES = 64;
    private static final int MOST_BYTES = 4096;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private KeyFile() {}

    /**
     * Reads the wallet of a key file.
     *
     * @param name the file's path. It may turn out to be a key itself, by mistake, and is not repeated then
     * @throws CommandFailed when there is no such file, others may read it, or it holds no key
     */
    public static Key read(String name) {
        if (HEX.matcher(name).matches() || BASE58.matcher(name).matches()) {
            throw wrong("the key file's name looks like a key itself: put the key into a file of your own (chmod 600) "
                    + "and name that, and take the key out of your shell's history");
        }
        Path file = path(name);
        try {
            requireOwnersOnly(file, name);
            return key(text(file, name))
                    .orElseThrow(() -> wrong(name + " holds no private key: 64 hex digits for Base, "
                            + "or base58 or a JSON array of 64 bytes for Solana"));
        } catch (IOException e) {
            throw wrong(name + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** A text of somebody else's without whatever in it looks like a key. */
    public static String redacted(String text) {
        return SECRETS.matcher(text).replaceAll("…");
    }

    private static Path path(String name) {
        try {
            Path file = Path.of(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // No such file either.
        }
        throw wrong("there is no key file " + name);
    }

    private static void requireOwnersOnly(Path file, String name) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            throw wrong("others than you may read the key file " + name + "; run: chmod 600 " + name);
        }
    }

    private static String text(Path file, String name) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw wrong(name + " is too long for a private key");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
    }

    private static Optional<Key> key(String text) {
        var hex = HEX.matcher(text);
        try {
            if (hex.matches()) {
                return Optional.of(new Key.OnEvm(EvmWallet.of("0x" + hex.group(1))));
            }
            if (ARRAY.matcher(text).matches()) {
                return Optional.of(new Key.OnSolana(SolanaWallet.of(Base58.encode(bytes(text)))));
            }
            return BASE58.matcher(text).matches()
                    ? Optional.of(new Key.OnSolana(SolanaWallet.of(text)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String array) {
        byte[] bytes = new byte[KEY_PAIR_BYTES];
        int at = 0;
        for (String number : NO_DIGITS.split(array.substring(1).strip(), -1)) {
            if (!number.isEmpty()) {
                int value = Integer.parseInt(number);
                if (value > 0xff) {
                    throw new IllegalArgumentException("no byte");
                }
                bytes[at++] = (byte) value;
            }
        }
        return bytes;
    }

    private static CommandFailed wrong(String message) {
        return new CommandFailed(ExitCode.USAGE, message);
    }
}
