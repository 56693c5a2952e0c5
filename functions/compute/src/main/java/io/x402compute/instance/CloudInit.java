package io.x402compute.instance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a new machine is told at its first boot: how root gets in. Images come with a password for root that the provider knows
 * and with password login switched on, which gets guessed at within minutes. A machine with a key lets its owner in by that key
 * and nobody by password; one without lets root in by our password, of which it learns the hash alone: what it is told here,
 * anything inside it can read ever after.
 *
 * <p>It is a MIME archive for cloud-init. Lists in cloud-config replace each other when several parts have them, so what has to
 * hold whatever the customer adds is done by scripts, and our cloud-config, the last of the parts, has scalars only.
 */
public final class CloudInit {
    /** The customer's own part, in UTF-8 bytes. */
    public static final int LONGEST_OWN_BYTES = 64 * 1024;

    /** "*" fits no password, and unlike a locked account still takes keys. */
    private static final String NO_PASSWORD = "*";

    private static final String CONFIG = """
            #cloud-config
            ssh_pwauth: %s
            disable_root: false
            """;

    private CloudInit() {}

    /**
     * User data for a machine with that way in that also runs the customer's own; base64 as the provider takes it.
     *
     * @param own anything cloud-init understands, as text; may be empty
     * @throws IllegalArgumentException unless {@link #fits}
     */
    public static String userData(RootAccess access, String own) {
        return switch (access) {
            case RootAccess.ByKey(SshPublicKey key) -> archive(beforeSshd(key), afterImage(NO_PASSWORD), own,
                    CONFIG.formatted(false));
            case RootAccess.ByPassword(PasswordHash hash) -> archive(beforeSshd(hash), afterImage(hash.text()), own,
                    CONFIG.formatted(true));
        };
    }

    private static String archive(String early, String late, String own, String config) {
        if (!fits(own)) {
            throw new IllegalArgumentException("user data is longer than " + LONGEST_OWN_BYTES + " bytes");
        }
        // Cannot occur inside what it is made of, even where that is an archive itself.
        String boundary = "part-" + sha256(early + own);
        StringBuilder archive = new StringBuilder("Content-Type: multipart/mixed; boundary=\"").append(boundary)
                .append("\"\nMIME-Version: 1.0\n\n");
        append(archive, boundary, part("cloud-boothook", early));
        append(archive, boundary, part("x-shellscript", late));
        if (!own.isBlank()) {
            // text/plain: cloud-init looks at the first line to see what it is. An archive brings its own headers.
            append(archive, boundary, isArchive(own) ? own : part("plain", own));
        }
        append(archive, boundary, part("cloud-config", config));
        archive.append("--").append(boundary).append("--\n");
        return base64(archive.toString());
    }

    /** Whether the customer's own user data is short enough. */
    public static boolean fits(String own) {
        return own.getBytes(StandardCharsets.UTF_8).length <= LONGEST_OWN_BYTES;
    }

    /** Before sshd starts for the first time. "ChallengeResponse" is the one spelling that every OpenSSH in use knows. */
    private static String beforeSshd(SshPublicKey key) {
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

    /**
     * Once, like the above: a later boot must not bring back a password, or a login, that the owner has changed. Already here,
     * so that the way in does not depend on what an image lets run afterwards.
     */
    private static String beforeSshd(PasswordHash hash) {
        return """
                #cloud-boothook
                #!/bin/sh
                done=/var/lib/one-time-password-access
                [ -e "$done" ] && exit 0
                mkdir -p /etc/ssh/sshd_config.d
                %sprintf '%%s\\n' 'PasswordAuthentication yes' \\
                  'PermitRootLogin yes' > /etc/ssh/sshd_config.d/00-one-time-password.conf
                touch "$done"
                """.formatted(setPassword(hash.text()));
    }

    /** After the image has given root its password, with which nobody is to get in. */
    private static String afterImage(String rootPassword) {
        return """
                #!/bin/sh
                %schage -E -1 -I -1 -m 0 -M -1 root 2>/dev/null
                for service in ssh sshd; do
                  systemctl try-reload-or-restart "$service" 2>/dev/null || service "$service" reload 2>/dev/null
                done
                exit 0
                """.formatted(setPassword(rootPassword));
    }

    /** Either way also says that it was changed today: an image may want it changed at the first login. */
    private static String setPassword(String encrypted) {
        return """
                echo 'root:%1$s' | chpasswd -e || usermod -p '%1$s' root
                """.formatted(encrypted);
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
