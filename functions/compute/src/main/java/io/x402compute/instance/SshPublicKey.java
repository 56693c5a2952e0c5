package io.x402compute.instance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One public key as OpenSSH writes it in a {@code .pub} file, without its comment. Its text holds letters, digits and
 * {@code + / = @ . -} and one space only, so that it can stand in quotes anywhere.
 *
 * @param type such as {@code ssh-ed25519}
 * @param body base64 of the key's own encoding (RFC 4253 §6.6), which begins with the type
 */
public record SshPublicKey(String type, String body) {
    private static final int LONGEST = 4096;
    private static final int ED25519_BYTES = 32;
    /** 2048 bits: the images of the RHEL family take no shorter RSA keys. */
    private static final int RSA_BYTES = 256;

    /**
     * The key in that line; empty for anything that sshd would not take as a plain key, such as options before it. Looked at
     * closely because a customer with a key that does not work has paid for a machine that nobody can enter.
     */
    public static Optional<SshPublicKey> of(String text) {
        String line = text.strip();
        if (line.length() > LONGEST || line.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        String[] words = line.split(" +", 3);
        return words.length > 1 && wellFormed(words[0], words[1])
                ? Optional.of(new SshPublicKey(words[0], words[1]))
                : Optional.empty();
    }

    /** The line for an {@code authorized_keys} file. */
    public String line() {
        return type + " " + body;
    }

    private static boolean wellFormed(String type, String body) {
        List<byte[]> fields = fields(body);
        if (fields.isEmpty() || !ascii(fields.getFirst()).equals(type)) {
            return false;
        }
        return switch (type) {
            case "ssh-ed25519" -> fields.size() == 2 && fields.get(1).length == ED25519_BYTES;
            case "ssh-rsa" -> fields.size() == 3 && fields.get(2).length >= RSA_BYTES;
            case "ecdsa-sha2-nistp256" -> fields.size() == 3 && point(fields, "nistp256", 32);
            case "ecdsa-sha2-nistp384" -> fields.size() == 3 && point(fields, "nistp384", 48);
            case "ecdsa-sha2-nistp521" -> fields.size() == 3 && point(fields, "nistp521", 66);
            // On a security token; the last field names what it is used for.
            case "sk-ssh-ed25519@openssh.com" -> fields.size() == 3 && fields.get(1).length == ED25519_BYTES;
            case "sk-ecdsa-sha2-nistp256@openssh.com" -> fields.size() == 4 && point(fields, "nistp256", 32);
            default -> false;
        };
    }

    private static boolean point(List<byte[]> fields, String curve, int coordinateBytes) {
        return ascii(fields.get(1)).equals(curve) && fields.get(2).length == 1 + 2 * coordinateBytes;
    }

    /** The length-prefixed fields that the body consists of; none when it does not. */
    private static List<byte[]> fields(String body) {
        byte[] blob;
        try {
            blob = Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
        if (!Base64.getEncoder().encodeToString(blob).equals(body)) {
            return List.of();
        }
        List<byte[]> fields = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(blob);
        while (rest.remaining() >= Integer.BYTES) {
            int length = rest.getInt();
            if (length < 0 || length > rest.remaining()) {
                return List.of();
            }
            byte[] field = new byte[length];
            rest.get(field);
            fields.add(field);
        }
        return rest.hasRemaining() ? List.of() : fields;
    }

    private static String ascii(byte[] field) {
        return new String(field, StandardCharsets.US_ASCII);
    }
}
