package io.x402compute.instance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a new machine is told at its first boot: to let its customer in by key, and nobody by password. Images come with a
 * password for root that the provider knows and with password login switched on, which gets guessed at within minutes.
 *
 * <p>It is a MIME archive for cloud-init. Lists in cloud-config replace each other when several parts have them, so what has to
 * hold whatever the customer adds is done by scripts, and our cloud-config, the last of the parts, has scalars only.
 */
public final class CloudInit {
    /** The customer's own part, in UTF-8 bytes. */
    public static final int LONGEST_OWN_BYTES = 64 * 1024;

    /** After the image has given root its password: "*" fits no password, and unlike a locked account still takes keys. */
    private static final String LATE = """
            #!/bin/sh
            echo 'root:*' | chpasswd -e || usermod -p '*' root
            for service in ssh sshd; do
              systemctl try-reload-or-restart "$service" 2>/dev/null || service "$service" reload 2>/dev/null
            done
            exit 0
            """;

    private static final String CONFIG = """
            #cloud-config
            ssh_pwauth: false
            disable_root: false
            """;

    private CloudInit() {}

    /** User data for a machine with that key, base64 as the provider takes it. */
    public static String userData(SshPublicKey key) {
        return userData(key, "");
    }

    /** User data for a machine whose way in is the customer's own business. */
    static String ownUserData(String own) {
        return base64(own);
    }

    /**
     * User data for a machine with that key that also runs the customer's own.
     *
     * @param own anything cloud-init understands, as text; may be empty
     * @throws IllegalArgumentException unless {@link #fits}
     */
    public static String userData(SshPublicKey key, String own) {
        if (!fits(own)) {
            throw new IllegalArgumentException("user data is longer than " + LONGEST_OWN_BYTES + " bytes");
        }
        // Cannot occur inside what it is made of, even where that is an archive itself.
        String boundary = "part-" + sha256(key.line() + own);
        StringBuilder archive = new StringBuilder("Content-Type: multipart/mixed; boundary=\"").append(boundary)
                .append("\"\nMIME-Version: 1.0\n\n");
        append(archive, boundary, part("cloud-boothook", early(key)));
        append(archive, boundary, part("x-shellscript", LATE));
        if (!own.isBlank()) {
            // text/plain: cloud-init looks at the first line to see what it is. An archive brings its own headers.
            append(archive, boundary, isArchive(own) ? own : part("plain", own));
        }
        append(archive, boundary, part("cloud-config", CONFIG));
        archive.append("--").append(boundary).append("--\n");
        return base64(archive.toString());
    }

    /** Whether the customer's own user data is short enough. */
    public static boolean fits(String own) {
        return own.getBytes(StandardCharsets.UTF_8).length <= LONGEST_OWN_BYTES;
    }

    /** Before sshd starts for the first time. "ChallengeResponse" is the one spelling that every OpenSSH in use knows. */
    private static String early(SshPublicKey key) {
        return """
                #cloud-boothook
                #!/bin/sh
                done=/var/lib/keys-only-access
                [ -e "$done" ] && exit 0
                mkdir -p /root/.ssh /etc/ssh/sshd_config.d
                printf '\\n%%s\\n' '%s' >> /root/.ssh/authorized_keys
                chmod 700 /root/.ssh
                chmod 600 /root/.ssh/authorized_keys
                restorecon -R /root/.ssh 2>/dev/null
                printf '%%s\\n' 'PasswordAuthentication no' 'ChallengeResponseAuthentication no' \\
                  'PermitRootLogin prohibit-password' > /etc/ssh/sshd_config.d/00-keys-only.conf
                touch "$done"
                """.formatted(key.line());
    }

    private static void append(StringBuilder archive, String boundary, String part) {
        archive.append("--").append(boundary).append('\n').append(part).append('\n');
    }

    private static String part(String type, String content) {
        return "Content-Type: text/" + type + "; charset=\"utf-8\"\nMIME-Version: 1.0\n"
                + "Content-Transfer-Encoding: base64\n\n" + base64(content) + "\n";
    }

    private static boolean isArchive(String own) {
        String start = own.substring(0, Math.min(own.length(), 64)).toLowerCase(Locale.ROOT);
        return start.startsWith("content-type: multipart/") || start.startsWith("mime-version:");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
