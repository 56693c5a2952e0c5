package io.x402compute.handler;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.x402compute.x402.evm.SmartWalletFactories;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.FeeLimits;

/**
 * The environment variables of a function, checked. A function has only those it uses: one that is needed and absent is an
 * error when it is asked for, one that is there and wrong is an error at once.
 */
public final class Settings {
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s?#]+");
    private static final Pattern EVM_ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final int MAX_MARKUP_PERCENT = 1000;
    private static final int MAX_CALLS_PER_MINUTE = 100_000;
    /** What the provider allows from one address. */
    private static final int MAX_REQUESTS_PER_SECOND = 30;
    private static final int MAX_LIFETIME_HOURS = 4320;

    private static final Pattern SOLANA_ADDRESS = Pattern.compile("[1-9A-HJ-NP-Za-km-z]{32,44}");
    /** A hundredth of a SOL. */
    private static final int MAX_FEE_LAMPORTS = 10_000_000;
    /** In {@code FACILITATOR}: the operator's own key. */
    static final String ONCHAIN = "onchain";
    /** In {@code FACILITATOR}: Coinbase's, with the operator's key for it. */
    static final String COINBASE = "coinbase";
    /** 1,000 USDC. */
    private static final int MAX_MINIMUM = 999_999_999;
    /** A tenth of an ether. */
    private static final int MAX_FEE_GWEI = 100_000_000;

    private final Map<String, String> environment;
    private final int markupPercent;
    private final int minHours;
    private final int maxHours;
    private final Set<Integer> x402Versions;
    private final Network evmNetwork;
    private final URI providerUrl;
    private final int providerRequestsPerSecond;
    private final String publicUrl;
    private final int readsPerMinute;
    private final int writesPerMinute;
    private final int settlementFeeCap;
    private final int solanaFeeCap;
    private final boolean offersPermit2;
    private final boolean takesHashProofs;
    private final List<String> facilitators;
    private final ServiceSettings service;
    private final SmartWalletFactories smartWalletFactories;
    private final InferenceSettings inference;

    /** @throws IllegalArgumentException naming the variable that is wrong, never its value */
    public Settings(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.markupPercent = integer("MARKUP_PERCENT", 20, 0, MAX_MARKUP_PERCENT);
        this.maxHours = integer("MAX_HOURS", 4320, 1, MAX_LIFETIME_HOURS);
        this.minHours = integer("MIN_HOURS", 24, 1, maxHours);
        this.x402Versions = versions(text("X402_VERSIONS", "1,2"));
        this.evmNetwork = Network.named(text("EVM_NETWORK", "base")).filter(Network::isEvm)
                .orElseThrow(() -> wrong("EVM_NETWORK", "names no EVM network"));
        this.providerUrl = url("PROVIDER_URL", text("PROVIDER_URL", "https://api.vultr.com/v2"));
        this.providerRequestsPerSecond = integer("PROVIDER_REQUESTS_PER_SECOND", 10, 1, MAX_REQUESTS_PER_SECOND);
        this.publicUrl = text("PUBLIC_URL", "").isEmpty() ? "" : url("PUBLIC_URL", text("PUBLIC_URL", "")).toString();
        this.readsPerMinute = integer("READS_PER_MINUTE", 240, 1, MAX_CALLS_PER_MINUTE);
        this.writesPerMinute = integer("WRITES_PER_MINUTE", 60, 1, MAX_CALLS_PER_MINUTE);
        this.settlementFeeCap = integer("SETTLEMENT_FEE_CAP", 1_000_000, 1, MAX_FEE_GWEI);
        this.solanaFeeCap = integer("SOLANA_FEE_CAP", Math.toIntExact(FeeLimits.DEFAULT.lamports()), 0,
                MAX_FEE_LAMPORTS);
        this.offersPermit2 = isOn("PERMIT2");
        this.takesHashProofs = isOn("HASH_PROOFS");
        this.facilitators = has("FACILITATOR") ? facilitators(needed("FACILITATOR")) : List.of();
        this.service = new ServiceSettings(isOn("FACILITATOR_SERVICE"),
                new Usdc(integer("FACILITATOR_MINIMUM", 10_000, 0, MAX_MINIMUM)),
                receivers(text("FACILITATOR_RECIPIENTS", "")),
                integer("FACILITATOR_CALLS_PER_ADDRESS", 60, 1, MAX_CALLS_PER_MINUTE),
                integer("FACILITATOR_CALLS_PER_MINUTE", 600, 1, MAX_CALLS_PER_MINUTE));
        this.smartWalletFactories = factories(text("SMART_WALLET_FACTORIES", ""));
        this.inference = InferenceSettings.of(text("INFERENCE_UPSTREAMS", ""), text("INFERENCE_SECRET", ""));
        requireSolanaAddress("SOLANA_PAY_TO");
        requireSolanaAddress("SOLANA_FEE_PAYER");
        if (has("PAY_TO") && !EVM_ADDRESS.matcher(needed("PAY_TO")).matches()) {
            throw wrong("PAY_TO", "is no EVM address");
        }
    }

    public String instancesTable() {
        return needed("INSTANCES_TABLE");
    }

    public String paymentsTable() {
        return needed("PAYMENTS_TABLE");
    }

    public String creditsTable() {
        return needed("CREDITS_TABLE");
    }

    public String noncesTable() {
        return needed("NONCES_TABLE");
    }

    public String apiKeysTable() {
        return needed("API_KEYS_TABLE");
    }

    public String catalogTable() {
        return needed("CATALOG_TABLE");
    }

    public String jobsTable() {
        return needed("JOBS_TABLE");
    }

    public String eventBus() {
        return needed("EVENT_BUS");
    }

    /** The address of the queue of jobs. */
    public String jobQueue() {
        return needed("JOB_QUEUE");
    }

    /** Where the provider's API key is kept. */
    public String providerSecret() {
        return needed("PROVIDER_SECRET");
    }

    /** Where the key that settles payments is kept. */
    public String settlementSecret() {
        return needed("SETTLEMENT_SECRET");
    }

    /** Where the key of the refund wallet is kept; empty where there is none. */
    public Optional<String> refundSecret() {
        return has("REFUND_SECRET") ? Optional.of(needed("REFUND_SECRET")) : Optional.empty();
    }

    /** Where the key that signs offers and receipts is kept; empty where they are not signed. */
    public Optional<String> receiptSecret() {
        return has("RECEIPT_SECRET") ? Optional.of(needed("RECEIPT_SECRET")) : Optional.empty();
    }

    /** Where the pepper of the API keys' hashes is kept. */
    public String pepperSecret() {
        return needed("PEPPER_SECRET");
    }

    /** Where the secret is kept under which root passwords are sealed. */
    public String passwordSecret() {
        return needed("PASSWORD_SECRET");
    }

    public URI providerUrl() {
        return providerUrl;
    }

    /** How fast one function may ask the provider. */
    public int providerRequestsPerSecond() {
        return providerRequestsPerSecond;
    }

    /** Who verifies and settles, in order of preference: {@code onchain}, {@code coinbase}, or an address. Never empty. */
    public List<String> facilitators() {
        needed("FACILITATOR");
        return facilitators;
    }

    /** Whether the operator settles with keys of its own, be it as a last resort. */
    public boolean settlesOnchain() {
        return facilitators().contains(ONCHAIN);
    }

    /** Whether the operator's own key settles anything at all: what is sold here, or others' payments. */
    public boolean signsSettlements() {
        return settlesOnchain() || service.isOn();
    }

    /** What is settled for others. */
    ServiceSettings service() {
        return service;
    }

    /** Who carries runs out. */
    InferenceSettings inference() {
        return inference;
    }

    /** Where the key for Coinbase is kept, which is needed where it is among the facilitators. */
    public String coinbaseSecret() {
        if (!has("COINBASE_SECRET")) {
            throw wrong("COINBASE_SECRET", "is not set, and FACILITATOR names coinbase");
        }
        return needed("COINBASE_SECRET");
    }

    /** Whether Solana is offered, too. A remote facilitator's fee payer is not known here, so there it is not. */
    public boolean offersSolana() {
        return has("SOLANA_PAY_TO") && settlesOnchain();
    }

    /** The one beside the EVM network: real money or test money, never both. */
    public Network solanaNetwork() {
        return evmNetwork.equals(Network.BASE) ? Network.SOLANA : Network.SOLANA_DEVNET;
    }

    /** The owner that is paid there; the money goes to its token account. */
    public String solanaPayTo() {
        return needed("SOLANA_PAY_TO");
    }

    /** The address of the account that pays the fees there. */
    public String solanaFeePayer() {
        return needed("SOLANA_FEE_PAYER");
    }

    public URI solanaRpcUrl() {
        return url("SOLANA_RPC_URL", needed("SOLANA_RPC_URL"));
    }

    /** Where the key of the account is kept that pays the fees. */
    public String solanaSecret() {
        return needed("SOLANA_SECRET");
    }

    /** What a payment may cost that account. */
    public FeeLimits solanaFeeLimits() {
        return new FeeLimits(FeeLimits.DEFAULT.computeUnits(), solanaFeeCap);
    }

    public Network evmNetwork() {
        return evmNetwork;
    }

    public URI evmRpcUrl() {
        return url("EVM_RPC_URL", needed("EVM_RPC_URL"));
    }

    /** The address that is paid, as the operator wrote it. */
    public String payTo() {
        return needed("PAY_TO");
    }

    /** The most that one settlement may cost for gas, in gwei. */
    public int settlementFeeCap() {
        return settlementFeeCap;
    }

    /** Whether payments by Permit2 are offered, too. */
    public boolean offersPermit2() {
        return offersPermit2;
    }

    /** Whether transactions count as payments for runs. */
    boolean takesHashProofs() {
        return takesHashProofs;
    }

    /** Who may create a payer's wallet with its first payment. */
    public SmartWalletFactories smartWalletFactories() {
        return smartWalletFactories;
    }

    /** The protocol versions that are offered and accepted: 1, 2, or both. */
    public Set<Integer> x402Versions() {
        return x402Versions;
    }

    public int markupPercent() {
        return markupPercent;
    }

    /** The shortest lifetime that can be bought. */
    public int minHours() {
        return minHours;
    }

    /** How far ahead an expiry can be bought. */
    public int maxHours() {
        return maxHours;
    }

    /** Scheme and host of this API without a trailing slash; empty for the host that was asked. */
    public String publicUrl() {
        return publicUrl;
    }

    /** How many calls that look a wallet may make. */
    public int readsPerMinute() {
        return readsPerMinute;
    }

    /** How many calls that change something a wallet may make. */
    public int writesPerMinute() {
        return writesPerMinute;
    }

    private void requireSolanaAddress(String name) {
        if (has(name) && !SOLANA_ADDRESS.matcher(needed(name)).matches()) {
            throw wrong(name, "is no Solana address");
        }
    }

    private boolean isOn(String name) {
        return switch (text(name, "off")) {
            case "on" -> true;
            case "off" -> false;
            default -> throw wrong(name, "is neither on nor off");
        };
    }

    private static Set<String> receivers(String text) {
        Set<String> receivers = Stream.of(text.split(",", -1)).map(String::strip).filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        if (!receivers.stream().allMatch(
                name -> EVM_ADDRESS.matcher(name).matches() || SOLANA_ADDRESS.matcher(name).matches())) {
            throw wrong("FACILITATOR_RECIPIENTS", "is no list of addresses");
        }
        return receivers;
    }

    private static List<String> facilitators(String text) {
        List<String> names = Stream.of(text.split(",", -1)).map(String::strip).map(Settings::facilitator).toList();
        if (Set.copyOf(names).size() < names.size()) {
            throw wrong("FACILITATOR", "names one twice");
        }
        return names;
    }

    private static String facilitator(String name) {
        return switch (name) {
            case ONCHAIN, COINBASE -> name;
            default -> {
                if (!ADDRESS.matcher(name).matches()) {
                    throw wrong("FACILITATOR", "is no list of onchain, coinbase and http addresses");
                }
                yield url("FACILITATOR", name).toString();
            }
        };
    }

    private Set<Integer> versions(String text) {
        Set<Integer> versions = new LinkedHashSet<>();
        for (String version : text.split(",", -1)) {
            switch (version.strip()) {
                case "1" -> versions.add(1);
                case "2" -> versions.add(2);
                default -> throw wrong("X402_VERSIONS", "is not 1, 2, or 1,2");
            }
        }
        return Set.copyOf(versions);
    }

    private static SmartWalletFactories factories(String text) {
        List<String> addresses = text.isEmpty() ? List.of() : List.of(text.split(",", -1));
        if (!addresses.stream().allMatch(address -> EVM_ADDRESS.matcher(address).matches())) {
            throw wrong("SMART_WALLET_FACTORIES", "is no list of EVM addresses");
        }
        return SmartWalletFactories.of(addresses);
    }

    private int integer(String name, int absent, int min, int max) {
        String text = text(name, Integer.toString(absent));
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw wrong(name, "is not an integer from " + min + " to " + max);
        }
        return Integer.parseInt(text);
    }

    private static URI url(String name, String text) {
        String withoutSlash = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (!ADDRESS.matcher(withoutSlash).matches()) {
            throw wrong(name, "is no http address");
        }
        return URI.create(withoutSlash);
    }

    private boolean has(String name) {
        return !text(name, "").isEmpty();
    }

    /** An empty variable is an absent one: templates cannot leave a variable out. */
    private String text(String name, String absent) {
        String text = environment.getOrDefault(name, "");
        return text.isEmpty() ? absent : text;
    }

    private String needed(String name) {
        if (!has(name)) {
            throw new IllegalStateException(name + " is not set");
        }
        return text(name, "");
    }

    private static IllegalArgumentException wrong(String name, String why) {
        return new IllegalArgumentException(name + " " + why);
    }
}
