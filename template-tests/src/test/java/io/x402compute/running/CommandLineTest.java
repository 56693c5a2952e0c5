package io.x402compute.running;

import static io.x402compute.running.MachineRequest.HOURS;
import static io.x402compute.running.MachineRequest.PLAN;
import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.x402compute.cli.Cli;
import io.x402compute.cli.shell.Shell;
import io.x402compute.cli.shell.Terminals;
import io.x402compute.http.Json;

/** The command line against the running template: what a person types, in order. */
class CommandLineTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final int AGENT = 3;
    private static final Path LAUNCHER = Path.of("../functions/cli/target/x402compute/bin/x402compute");

    @TempDir
    Path home;

    @Test
    void aMachineIsBoughtOnBaseExtendedAndDestroyed() throws IOException {
        Agent agent = running.agent(AGENT);
        String wallet = keyFile("wallet.key", running.chain().privateKey(AGENT));
        long before = agent.balance();

        assertThat(run(wallet, 0, "quote", PLAN, "--region", REGION, "--hours", "24").path("amount").textValue())
                .isEqualTo(Long.toString(PRICE_MICROS));
        JsonNode bought = run(wallet, 0, "provision", PLAN, "--region", REGION, "--label", "typed", "--yes", "--wait");
        String id = bought.at("/instance/id").textValue();
        assertThat(bought.at("/instance/status").textValue()).isEqualTo("active");
        assertThat(bought.path("tx_hash").textValue()).startsWith("0x");
        assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS);

        JsonNode access = run(wallet, 0, "password", id).path("access");
        assertThat(UsedSecrets.rememberUnkept(access.path("password").textValue())).isNotEmpty();
        assertThat(run(wallet, 0, "show", id).at("/instance/ip_address")).isEqualTo(access.path("ip_address"));

        run(wallet, 3, "extend", id);
        JsonNode extended = run(wallet, 0, "extend", id, "--yes");
        assertThat(extended.at("/instance/prepaid_hours").intValue()).isEqualTo(2 * HOURS);
        assertThat(agent.balance()).isEqualTo(before - 2 * PRICE_MICROS);

        BigDecimal credit = balance(wallet);
        JsonNode destroyed = run(wallet, 0, "destroy", id, "--yes");
        assertThat(destroyed.path("credited").decimalValue()).isPositive();
        assertThat(balance(wallet)).isEqualByComparingTo(credit.add(destroyed.path("credited").decimalValue()));
        assertThat(run(wallet, 0, "list", "--label", "typed").at("/instances/0/status").textValue())
                .isEqualTo("destroyed");
    }

    /** Two keys of the same digits are two wallets; this one is as wallets on Solana export it. */
    @Test
    void aMachineIsBoughtOnSolanaAndExtendedOnCredit() throws IOException {
        SolanaBuyer agent = new SolanaBuyer(running, AGENT);
        String wallet = keyFile("id.json", running.cloud().solana().keyPair(AGENT));
        long before = agent.balance();

        run(wallet, 5, "provision", PLAN, "--region", REGION, "--yes", "--solana-rpc-url", "http://localhost:1");
        assertThat(agent.balance()).isEqualTo(before);
        JsonNode bought = run(wallet, 0, "provision", PLAN, "--region", REGION, "--yes");
        assertThat(bought.at("/instance/user_wallet").textValue()).isEqualTo(agent.address());
        run(wallet, 0, "credits", "topup", "2", "--yes");
        assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS - 2_000_000);
        String id = bought.at("/instance/id").textValue();
        JsonNode extended = run(wallet, 0, "extend", id, "--use-credits", "--yes");
        assertThat(extended.path("paid_with").textValue()).isEqualTo("credits");
        assertThat(agent.balance()).isEqualTo(before - PRICE_MICROS - 2_000_000);
        running.awaitBoot();
        run(wallet, 0, "destroy", id, "--yes");
    }

    @Test
    void theFolderThatTheBuildLeavesRunsFromAnywhere() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(home.resolve("x402compute"), LAUNCHER.toRealPath());
        Process process = new ProcessBuilder(link.toString(), "plans", "--gpu", "true", "--url",
                running.cloud().apiUrl().toString()).directory(home.toFile()).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(printed).startsWith("PLAN ").contains(PLAN).doesNotContain("\u001b");
    }

    private BigDecimal balance(String wallet) throws IOException {
        return new BigDecimal(run(wallet, 0, "credits", "balance").path("balance").asText());
    }

    /** What the command prints, which is nothing when it fails. */
    private JsonNode run(String wallet, int code, String... words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(Map.of("HOME", home.toString(), "X402COMPUTE_KEY_FILE", wallet,
                "X402COMPUTE_URL", running.cloud().apiUrl().toString(),
                "X402COMPUTE_SOLANA_RPC_URL", running.cloud().solana().rpcUrl().toString()),
                new BufferedReader(new StringReader("")), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Terminals.NONE, running.cloud().clock(),
                this::pause);
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = "--json";
        assertThat(Cli.run(shell, all)).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(code);
        return Json.read(out.size() == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : out.toByteArray());
    }

    /** Longer than was asked for: a boot takes a minute, and the sweeps run each time. */
    private void pause(Duration time) {
        running.advance(time.multipliedBy(20));
    }

    private String keyFile(String name, String key) throws IOException {
        Path file = Files.writeString(home.resolve(name), key);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------")).toString();
    }
}
