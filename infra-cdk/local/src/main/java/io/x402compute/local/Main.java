package io.x402compute.local;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import io.x402compute.local.chain.LocalEvm;
import io.x402compute.local.control.ControlApi;
import io.x402compute.local.http.LoopbackServer;
import io.x402compute.local.http.PortTakenException;
import io.x402compute.x402.protocol.Usdc;

/**
 * Runs the product on this machine for a person: starts everything, shows a first purchase, and stays up until it is
 * stopped. Whatever libraries print goes to a file beside the functions' log.
 */
public final class Main {
    private static final int FIRST_AGENT = 1;
    private static final int LAST_AGENT = 5;

    private final Console console;
    private final LocalOptions options;
    private final StartedParts parts;

    private Main(Console console, LocalOptions options, StartedParts parts) {
        this.console = console;
        this.options = options;
        this.parts = parts;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = System.out;
        Path folder = Files.createDirectories(LocalOptions.outputFolder());
        // Maven tells what is in it, where it would otherwise print a stack trace of its own.
        Path failure = folder.resolve("failure.txt");
        Files.deleteIfExists(failure);
        keepConsoleQuiet(folder.resolve("output.log"));
        StartedParts parts = new StartedParts();
        Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stop"));
        endWithMaven();
        try {
            new Main(new Console(out), LocalOptions.of(System.getenv()), parts).run();
        } catch (RuntimeException e) {
            // Into the file beside the functions' log: a person gets one line.
            e.printStackTrace();
            out.println(explained(e));
            Files.writeString(failure, explained(e));
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    private void run() {
        LoopbackServer.requireFree(LocalOptions.CONTROL_PORT);
        console.title("x402Compute on this machine");
        // The demonstration moves the clock; begun in the past, it ends in the present, where anybody's client can join.
        LocalClock.startBehind(FirstPurchase.longest(options.shortestHours()));
        LocalCloud cloud = parts.add(LocalCloud.start(options, part -> console.line(part.name(), part.detail())));
        cloud.onAlarm(alarm -> console.line(alarm.firing() ? "ALARM" : "cleared",
                alarm.firing() ? alarm.name() + ": " + alarm.alarm().description() : alarm.name()));
        ControlApi control = parts.add(ControlApi.start(cloud, LocalOptions.CONTROL_PORT));
        console.line("control", control.url());
        new FirstPurchase(cloud, console, options.shortestHours()).run();
        cloud.advance(LocalClock.offset().negated());
        welcome(cloud, control);
    }

    private void welcome(LocalCloud cloud, ControlApi control) {
        Path buy = options.logFile().resolveSibling("buy");
        Path run = buy.resolveSibling("run");
        write(buy, Buy.class, cloud);
        write(run, BuyRun.class, cloud);
        Path key = AgentKeys.write(buy.toAbsolutePath().getParent(), cloud.evm().privateKey(FIRST_AGENT),
                cloud.solana().keyPair(FIRST_AGENT));
        console.title("Ready at " + cloud.apiUrl() + ". Ctrl-C stops everything.");
        console.line("clock", "curl -d '{\"hours\": 1}' " + control.url() + "/clock/advance");
        console.line("schedules", "curl -X POST " + control.url() + "/schedules/ExpireInstances");
        console.line("events", control.url() + "/events");
        URI provider = cloud.provider().controlUrl();
        console.line("faults", "curl http://localhost:" + provider.getPort() + provider.getPath() + "/faults");
        console.line("models", cloud.inference().url() + ", faults at " + cloud.inference().controlUrl() + "/faults");
        console.line("alarms", control.url() + "/alarms");
        console.line("logs", control.url() + "/logs, or " + shortest(options.logFile()));
        console.title("Agents, with keys of the mnemonic that every test network knows:");
        for (int agent = FIRST_AGENT; agent <= LAST_AGENT; agent++) {
            console.text(agent(cloud.evm(), agent));
        }
        console.title("Try:");
        console.text("curl '" + cloud.apiUrl() + "/compute/plans?type=vcg'");
        console.text("curl -i -X POST " + cloud.apiUrl() + "/compute/provision");
        console.text("export X402COMPUTE_KEY_FILE=" + shortest(key));
        console.text(
                "functions/cli/target/x402compute/bin/x402compute provision vcg-a16-2c-8g-2vram --region ewr --wait");
        console.text(shortest(buy));
        console.text("NETWORK=solana " + shortest(buy));
        console.text(shortest(run) + " llm-4090 '{\"prompt\": \"What is a GPU?\"}'");
        console.text("");
    }

    private static void write(Path file, Class<?> command, LocalCloud cloud) {
        BuyCommand.write(file, command, cloud.apiUrl(), cloud.solana().rpcUrl(), cloud.evm().privateKey(FIRST_AGENT));
    }

    private static String agent(LocalEvm evm, int account) {
        String address = evm.address(account);
        return "%s  %s  %s".formatted(address, evm.privateKey(account), new Usdc(evm.balanceOf(address)));
    }

    /** A person is probably in the folder that Maven was started in. */
    private static String shortest(Path file) {
        Path here = Path.of(System.getProperty("local.started.in", "")).toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
    }

    private static String explained(RuntimeException failure) {
        if (!(failure instanceof PortTakenException taken)) {
            return "The local run failed: " + failure.getMessage();
        }
        String use = switch (taken.port()) {
            case LocalOptions.PROVIDER_PORT -> "the simulated provider";
            case LocalOptions.INFERENCE_PORT -> "the upstream for inference";
            case LocalOptions.CONTROL_PORT -> "the control API";
            case LocalOptions.EVM_PORT -> "the chain";
            case LocalOptions.SOLANA_PORT -> "the Solana node";
            default -> "the API";
        };
        return "Port %d, for %s, is taken: stop what listens there. PORT=<number> moves the API, and only the API."
                .formatted(taken.port(), use);
    }

    /** Started by Maven, it ends with Maven, even when Maven is killed and can tell nobody. */
    private static void endWithMaven() {
        if (Boolean.getBoolean("local.ends.with.parent")) {
            var _ = ProcessHandle.current().parent().map(ProcessHandle::onExit)
                    .map(end -> end.thenRun(() -> System.exit(1)));
        }
    }

    private static void keepConsoleQuiet(Path file) throws IOException {
        PrintStream output = new PrintStream(new FileOutputStream(file.toFile()), true, StandardCharsets.UTF_8);
        System.setOut(output);
        System.setErr(output);
    }
}
