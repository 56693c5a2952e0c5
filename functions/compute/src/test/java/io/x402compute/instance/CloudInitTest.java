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
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CloudInitTest {
    private static final SshPublicKey KEY = SshPublicKey.of(SshPublicKeyTest.ED25519).orElseThrow();
    private static final RootAccess BY_KEY = new RootAccess.ByKey(KEY);
    private static final String HASH = "$6$saltsaltsaltsalt$" + "h".repeat(86);
    private static final RootAccess BY_PASSWORD = new RootAccess.ByPassword(new PasswordHash(HASH));
    private static final Pattern PART = Pattern.compile(
            "Content-Type: text/([a-z-]+); charset=\"utf-8\"\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n(\\S+)\n");

    private record Part(String type, String content) {}

    @Test
    void theKeyIsInstalledBeforeSshStartsAndPasswordsAreSwitchedOff(@TempDir Path root) throws Exception {
        run(root, script(BY_KEY, "cloud-boothook"));

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
        run(root, script(BY_KEY, "cloud-boothook"));
        Path keys = root.resolve("root/.ssh/authorized_keys");
        Files.writeString(keys, "");

        run(root, script(BY_KEY, "cloud-boothook"));

        assertThat(keys).isEmptyFile();
    }

    @Test
    void rootOfAMachineWithAKeyKeepsNoPasswordAnybodyKnows(@TempDir Path root) throws Exception {
        run(root, script(BY_KEY, "x-shellscript"));

        assertThat(root.resolve("passwords")).hasContent("root:*");
        assertThat(script(BY_KEY, "cloud-config")).contains("ssh_pwauth: false");
    }

    @Test
    void rootOfAMachineWithoutAKeyMayLogInWithOurPasswordBeforeSshStarts(@TempDir Path root) throws Exception {
        run(root, script(BY_PASSWORD, "cloud-boothook"));

        assertThat(root.resolve("passwords")).hasContent("root:" + HASH);
        assertThat(Files.readString(root.resolve("etc/ssh/sshd_config.d/00-one-time-password.conf")))
                .isEqualTo("PasswordAuthentication yes\nPermitRootLogin yes\n");
        assertThat(root.resolve("root/.ssh")).doesNotExist();
        assertThat(script(BY_PASSWORD, "cloud-config")).contains("ssh_pwauth: true");
    }

    @Test
    void thePasswordOfTheImageIsReplacedAndNeverExpires(@TempDir Path root) throws Exception {
        run(root, script(BY_PASSWORD, "x-shellscript"));

        assertThat(root.resolve("passwords")).hasContent("root:" + HASH);
        assertThat(script(BY_PASSWORD, "x-shellscript")).containsSubsequence("chpasswd", "chage -E -1 -I -1", "reload");
    }

    @Test
    void anotherBootDoesNotBringBackAPasswordOrALoginThatTheOwnerChanged(@TempDir Path root) throws Exception {
        run(root, script(BY_PASSWORD, "cloud-boothook"));
        Path config = root.resolve("etc/ssh/sshd_config.d/00-one-time-password.conf");
        Files.delete(config);

        run(root, script(BY_PASSWORD, "cloud-boothook"));

        assertThat(config).doesNotExist();
        assertThat(root.resolve("passwords")).hasContent("root:" + HASH);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyScriptIsOneForTheShell(RootAccess access) throws Exception {
        for (String type : List.of("cloud-boothook", "x-shellscript")) {
            Process check = new ProcessBuilder("sh", "-n", "-c", script(access, type)).inheritIO().start();
            assertThat(check.waitFor()).as(type).isZero();
        }
    }

    static List<RootAccess> ways() {
        return List.of(BY_KEY, BY_PASSWORD);
    }

    @Test
    void whatIsNoHashNeverGetsIntoAScript() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordHash("a password"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordHash(HASH + "'; reboot; '"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theCustomersOwnPartIsWholeAndOursComesLast(RootAccess access) {
        String own = "#cloud-config\nruncmd: [echo 'é', \"--part--\"]\n";

        List<Part> parts = parts(CloudInit.userData(access, own));

        assertThat(parts).extracting(Part::type)
                .containsExactly("cloud-boothook", "x-shellscript", "plain", "cloud-config");
        assertThat(parts.get(2).content()).isEqualTo(own);
    }

    @Test
    void anArchiveOfTheCustomersStaysAnArchive() {
        String own = "Content-Type: multipart/mixed; boundary=\"own\"\n\n--own\n\n#!/bin/sh\n--own--\n";

        assertThat(archive(CloudInit.userData(BY_KEY, own))).contains("\n" + own + "\n--part-");
    }

    @Test
    void userDataLongerThanAllowedIsRefused() {
        String longest = "é".repeat(CloudInit.LONGEST_OWN_BYTES / 2);

        assertThat(CloudInit.fits(longest)).isTrue();
        assertThat(CloudInit.fits(longest + "x")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> CloudInit.userData(BY_KEY, longest + "x"));
    }

    private static String script(RootAccess access, String type) {
        return parts(CloudInit.userData(access, "")).stream().filter(part -> part.type().equals(type)).findFirst()
                .orElseThrow().content();
    }

    /** Runs a script against a directory instead of the whole machine, whose passwords end up in a file of it. */
    private static void run(Path root, String script) throws IOException, InterruptedException {
        Files.createDirectories(root.resolve("var/lib"));
        String moved = script.replaceAll("(?<=[ =])/(root|etc|var)/", Matcher.quoteReplacement(root + "/") + "$1/");
        Path file = Files.writeString(root.resolve("script"), moved);
        Path commands = Files.createDirectories(root.resolve("bin"));
        Files.writeString(commands.resolve("chpasswd"),
                "#!/bin/sh\n[ \"$1\" = -e ] && cat >> " + root + "/passwords\n");
        for (String command : List.of("chage", "systemctl", "restorecon")) {
            Files.writeString(commands.resolve(command), "#!/bin/sh\n");
        }
        try (Stream<Path> all = Files.list(commands)) {
            all.forEach(command -> assertThat(command.toFile().setExecutable(true)).isTrue());
        }
        ProcessBuilder shell = new ProcessBuilder("sh", file.toString()).inheritIO();
        shell.environment().merge("PATH", commands.toString(), (path, first) -> first + ":" + path);
        assertThat(shell.start().waitFor()).isZero();
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
