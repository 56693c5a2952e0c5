package io.x402compute.local;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.x402compute.local.inference.ServeInference;

/**
 * How a local run is set up.
 *
 * @param apiPort 0 for any free one; so are the other ports
 * @param schedulesRun whether rules also fire by themselves as time passes; otherwise only when the clock is moved
 * @param parameters operator settings by their name in the template, over the template's own values
 * @param template as synthesized
 * @param logFile what the functions log
 * @param processes whether each function runs in processes of its own, otherwise all in this one
 */
public record LocalOptions(
        int apiPort,
        int providerPort,
        int evmPort,
        int solanaPort,
        int inferencePort,
        boolean schedulesRun,
        Map<String, String> parameters,
        Path template,
        Path logFile,
        boolean processes) {
    public static final int API_PORT = 4020;
    public static final int PROVIDER_PORT = 4021;
    public static final int CONTROL_PORT = 4022;
    public static final int INFERENCE_PORT = ServeInference.PORT;
    public static final int EVM_PORT = 8545;
    public static final int SOLANA_PORT = 8899;
    /** Where the build leaves the template, when it is not told otherwise; seen from this module. */
    private static final Path TEMPLATE = Path.of("../stack/target/cdk.out/X402Compute.template.json");
    private static final Path OUTPUT = Path.of("target/local");
    private static final String PROCESSES = "local.processes";
    private static final Path LOG_FILE = Path.of("functions.log");
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("X402_VERSIONS", "X402Versions"),
            Map.entry("MARKUP_PERCENT", "MarkupPercent"),
            Map.entry("MIN_HOURS", "MinHours"),
            Map.entry("MAX_HOURS", "MaxHours"),
            Map.entry("FACILITATOR", "Facilitator"),
            Map.entry("FACILITATOR_SERVICE", "FacilitatorService"),
            Map.entry("FACILITATOR_MINIMUM", "FacilitatorMinimum"),
            Map.entry("FACILITATOR_RECIPIENTS", "FacilitatorRecipients"),
            Map.entry("FACILITATOR_CALLS_PER_ADDRESS", "FacilitatorCallsPerAddress"),
            Map.entry("FACILITATOR_CALLS_PER_MINUTE", "FacilitatorCallsPerMinute"),
            Map.entry("JOB_CONCURRENCY", "JobConcurrency"),
            Map.entry("INFERENCE_UPSTREAMS", "InferenceUpstreams"),
            Map.entry("PROVIDER_REQUESTS_PER_SECOND", "ProviderRequestsPerSecond"),
            Map.entry("SETTLEMENT_FEE_CAP", "SettlementFeeCap"),
            Map.entry("PERMIT2", "Permit2"),
            Map.entry("HASH_PROOFS", "HashProofs"),
            Map.entry("SMART_WALLET_FACTORIES", "SmartWalletFactories"),
            Map.entry("SOLANA_FEE_CAP", "SolanaFeeCap"),
            Map.entry("READS_PER_MINUTE", "ReadsPerMinute"),
            Map.entry("WRITES_PER_MINUTE", "WritesPerMinute"));

    /** Any free ports, and nothing happens by itself. */
    public static LocalOptions forTests() {
        return new LocalOptions(0, 0, 0, 0, 0, false, Map.of(), synthesized(), outputFolder().resolve(LOG_FILE),
                Boolean.getBoolean(PROCESSES));
    }

    /**
     * The ports that people rely on, and the operator settings of the environment.
     *
     * @throws IllegalArgumentException when {@code PORT} is no port
     */
    static LocalOptions of(Map<String, String> environment) {
        Map<String, String> parameters = new LinkedHashMap<>();
        SETTINGS.forEach((variable, parameter) -> {
            if (environment.containsKey(variable)) {
                parameters.put(parameter, environment.get(variable));
            }
        });
        return new LocalOptions(
                port(environment.getOrDefault("PORT", Integer.toString(API_PORT))),
                PROVIDER_PORT,
                EVM_PORT,
                SOLANA_PORT,
                INFERENCE_PORT,
                true,
                parameters,
                synthesized(),
                outputFolder().resolve(LOG_FILE),
                Boolean.getBoolean(PROCESSES));
    }

    /** The shortest time that a machine can be had for. */
    int shortestHours() {
        return Integer.parseInt(parameters.getOrDefault("MinHours", "24"));
    }

    /** With one operator setting more, named as in the template. */
    public LocalOptions with(String parameter, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new LocalOptions(apiPort, providerPort, evmPort, solanaPort, inferencePort, schedulesRun, more, template,
                logFile,
                processes);
    }

    /** With each function in processes of its own, whatever this JVM was told. */
    public LocalOptions inProcesses() {
        return new LocalOptions(apiPort, providerPort, evmPort, solanaPort, inferencePort, schedulesRun, parameters,
                template, logFile,
                true);
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("PORT must be a port number, not " + text);
        }
        int port = Integer.parseInt(text);
        if (List.of(PROVIDER_PORT, CONTROL_PORT, INFERENCE_PORT, EVM_PORT, SOLANA_PORT).contains(port)) {
            throw new IllegalArgumentException(
                    "PORT cannot be " + port + ", which the local run uses for something else");
        }
        return port;
    }

    private static Path synthesized() {
        String given = System.getProperty("local.template");
        return given == null ? module().resolve(TEMPLATE).normalize() : Path.of(given);
    }

    /** Where a local run writes what it has to write. */
    static Path outputFolder() {
        return module().resolve(OUTPUT);
    }

    /** This module's folder: its classes are in {@code target}, as a folder or as a jar. */
    private static Path module() {
        try {
            Path classes = Path.of(LocalOptions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return classes.getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
