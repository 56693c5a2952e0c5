package io.x402compute.instance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudInitTest {
    private static final SshPublicKey KEY = SshPublicKey.of(SshPublicKeyTest.ED25519).orElseThrow();
    private static final Pattern PART = Pattern.compile(
            "Content-Type: text/([a-z-]+); charset=\"utf-8\"\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n(\\S+)\n");

    private record Part(String type, String content) {}

    @Test
    void theKeyIsInstalledBeforeSshStartsAndPasswordsAreSwitchedOff(@TempDir Path root) throws Exception {
        run(root, script("cloud-boothook"));

        assertThat(Files.readAllLines(root.resolve("root/.ssh/authorized_keys"))).contains(KEY.line());
        assertThat(Files.readString(root.resolve("etc/ssh/sshd_config.d/00-keys-only.conf")))
                .isEqualTo("""
                        PasswordAuthentication no
                        ChallengeResponseAuthentication no
                        PermitRootLogin prohibit-password
                        """);
    }

    @Test
    void anotherBootDoesNotBringBackAKeyThatTheCustomerRemoved(@TempDir Path root) throws Exception {
        run(root, script("cloud-boothook"));
        Path keys = root.resolve("root/.ssh/authorized_keys");
        Files.writeString(keys, "");

        run(root, script("cloud-boothook"));

        assertThat(keys).isEmptyFile();
    }

    @Test
    void rootKeepsNoPasswordAnybodyKnows() {
        assertThat(script("x-shellscript")).contains("echo 'root:*' | chpasswd -e");
        assertThat(script("cloud-config")).contains("ssh_pwauth: false");
    }

    @Test
    void theCustomersOwnPartIsWholeAndOursComesLast() {
        String own = "#cloud-config\nruncmd: [echo 'é', \"--part--\"]\n";

        List<Part> parts = parts(CloudInit.userData(KEY, own));

        assertThat(parts).extracting(Part::type)
                .containsExactly("cloud-boothook", "x-shellscript", "plain", "cloud-config");
        assertThat(parts.get(2).content()).isEqualTo(own);
    }

    @Test
    void anArchiveOfTheCustomersStaysAnArchive() {
        String own = "Content-Type: multipart/mixed; boundary=\"own\"\n\n--own\n\n#!/bin/sh\n--own--\n";

        assertThat(archive(CloudInit.userData(KEY, own))).contains("\n" + own + "\n--part-");
    }

    @Test
    void userDataLongerThanAllowedIsRefused() {
        String longest = "é".repeat(CloudInit.LONGEST_OWN_BYTES / 2);

        assertThat(CloudInit.fits(longest)).isTrue();
        assertThat(CloudInit.fits(longest + "x")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> CloudInit.userData(KEY, longest + "x"));
    }

    private static String script(String type) {
        return parts(CloudInit.userData(KEY)).stream().filter(part -> part.type().equals(type)).findFirst()
                .orElseThrow().content();
    }

    /** Runs a script against a directory instead of the whole machine. */
    private static void run(Path root, String script) throws IOException, InterruptedException {
        Files.createDirectories(root.resolve("var/lib"));
        String moved = script.replaceAll("(?<=[ =])/(root|etc|var)/", Matcher.quoteReplacement(root + "/") + "$1/");
        Path file = Files.writeString(root.resolve("script"), moved);
        Process process = new ProcessBuilder("sh", file.toString()).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    private static String archive(String userData) {
        return new String(Base64.getDecoder().decode(userData), UTF_8);
    }

    private static List<Part> parts(String userData) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(archive(userData));
        while (matcher.find()) {
            parts.add(new Part(matcher.group(1), new String(Base64.getDecoder().decode(matcher.group(2)), UTF_8)));
        }
        return parts;
    }
}
