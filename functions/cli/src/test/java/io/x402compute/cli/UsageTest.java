package io.x402compute.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import io.x402compute.cli.Desk.Run;
import io.x402compute.cli.command.X402Compute;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.cli.shell.Shell;
import io.x402compute.cli.shell.Terminals;

/** The command line itself: help, mistakes, and what programs rely on. */
class UsageTest {
    /** Nobody listens there. */
    private static final String NOWHERE = "http://localhost:1";

    @TempDir
    Path home;

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(String command) {
        String[] words = (command + " --help").split(" ", -1);
        Run run = desk().run(words);
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Usage: x402compute " + command);
        assertThat(run.err()).isEmpty();
    }

    static Stream<String> commands() {
        return names("", X402Compute.commandLine(Shell.ofProcess()));
    }

    private static Stream<String> names(String prefix, CommandLine line) {
        return line.getSubcommands().entrySet().stream().flatMap(entry -> Stream.concat(
                Stream.of(prefix + entry.getKey()), names(prefix + entry.getKey() + " ", entry.getValue())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plns", "keys", "provision", "provision p --region ewr --hours x", "show a/b",
        "list --nope",
        "credits topup -5", "quote p", "quote p --region ewr --instance i", "plans --max-hourly 0.1234567"})
    void aMistakeIsOneLineAndSaysWhereToLook(String words) {
        Run run = desk().run(words.isEmpty() ? new String[0] : words.split(" ", -1));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("error: ").hasLineCount(1);
    }

    @Test
    void aMistakeIsJsonWhereThatIsAskedFor() {
        Run run = desk().run("show", "--json");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("""
                {"error":"Missing required parameter: 'ID'; see: x402compute show --help","exit_code":2}
                """);
    }

    /** The desk looks for the key in everything that is said. */
    @ParameterizedTest
    @ValueSource(strings = {"list --key 0x%s", "list %s", "--%s", "show %s", "list --key-file 0x%s", "list --url %s"})
    void aKeyThatWasTypedIsNotRepeated(String words) {
        assertThat(desk().run(words.formatted(Desk.PRIVATE_KEY).split(" ", -1)).code()).isEqualTo(2);
    }

    @Test
    void aMistypedCommandHasASuggestion() {
        assertThat(desk().run("plns").err()).contains("did you mean plans");
    }

    @Test
    void anApiThatDoesNotAnswerIsToldFromOneThatRefuses() {
        Run run = desk().run("plans", "--json");
        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err()).startsWith("{\"error\":\"no answer from " + NOWHERE).contains("./mvnw -Plocal",
                "\"exit_code\":5");
        assertThat(desk().run("provision", "p", "--region", "ewr", "--yes").code()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://api.example.com", "ftp://localhost", "https://me:secret@api.example.com", "no url",
        "https://api.example.com/?key=1"})
    void nothingIsSentWhereItCouldBeRead(String url) {
        Run run = new Desk(home, url).run("plans");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).doesNotContain("secret");
    }

    @Test
    void helpHasColoursForPeopleWhoWantThem() {
        String escape = "\u001b[";
        Desk person = desk().at(new Terminals(true, true, true));
        assertThat(person.run("--help").out()).contains(escape);
        assertThat(person.with("NO_COLOR", "1").run("--help").out()).doesNotContain(escape);
        assertThat(desk().run("--help").out()).doesNotContain(escape);
    }

    @Test
    void exitCodesAreWhatTheReadmeAndTheHelpSay() throws IOException {
        String help = desk().run("help", "exit-codes").out();
        String readme = Files.readString(Path.of("README.md"));
        for (ExitCode code : ExitCode.values()) {
            assertThat(help).contains("%d   %s".formatted(code.number(), code.meaning()));
            assertThat(readme).contains("| %d | %s |".formatted(code.number(), code.meaning()));
        }
    }

    @Test
    void whateverIsThereIsInTheReadme() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(commands().filter(command -> !command.contains("help"))).allSatisfy(
                command -> assertThat(readme).contains("`" + command.split(" ", 2)[0]));
    }

    private Desk desk() {
        return new Desk(home, NOWHERE);
    }
}
