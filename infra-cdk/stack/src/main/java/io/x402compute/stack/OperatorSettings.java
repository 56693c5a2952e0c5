package io.x402compute.stack;

import java.util.List;
import java.util.Map;

import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;

/**
 * What an operator decides, as template parameters: one template serves every operator, and the local run. A setting
 * reaches only the functions that need it.
 */
final class OperatorSettings {
    /** A base to append paths to. Loopback may go without TLS: that is the local run. */
    static final String URL = "https://[^\\s?#]+|http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?(/[^\\s?#]*)?";
    private static final String EVM_ADDRESS = "0x[0-9a-fA-F]{40}";
    /** Six months of 30 days. */
    private static final int MOST_HOURS = 4320;
    private static final int MOST_CALLS = 100_000;
    /** Commas separate them. */
    private static final String FACILITATOR = "(onchain|coinbase|" + URL.replace("[^\\s?#]", "[^\\s?#,]") + ")";

    static final String NO_SECRET_OR_ARN = "^(|arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:"
            + "[A-Za-z0-9/_+=.@-]+)$";
    /** A tenth of an ether. */
    private static final int MOST_FEE_GWEI = 100_000_000;

    private final CfnParameter payTo;
    private final CfnParameter evmRpcUrl;
    private final CfnParameter facilitator;
    private final CfnParameter coinbaseSecret;
    private final CfnCondition hasCoinbaseKey;
    private final CfnParameter evmNetwork;
    private final CfnParameter markupPercent;
    private final CfnParameter x402Versions;
    private final CfnParameter minHours;
    private final CfnParameter maxHours;
    private final CfnParameter providerUrl;
    private final CfnParameter providerRequests;
    private final CfnParameter publicUrl;
    private final CfnParameter readsPerMinute;
    private final CfnParameter writesPerMinute;
    private final CfnParameter settlementFeeCap;
    private final CfnParameter permit2;
    private final CfnParameter hashProofs;
    private final CfnParameter smartWalletFactories;
    private final CfnParameter refundSecret;
    private final CfnCondition hasRefundWallet;
    private final CfnParameter receiptSecret;
    private final CfnCondition hasReceiptKey;
    private final SolanaSettings solana;
    private final FacilitatorSettings forOthers;
    private final InferenceSettings inference;
    private final CfnParameter alarmEmail;

    OperatorSettings(Stack stack) {
        payTo = text(stack, "PayTo", "EVM address that receives the payments, checksummed")
                .allowedPattern("^" + EVM_ADDRESS + "$")
                .constraintDescription("must be 0x and 40 hexadecimal digits")
                .build();
        evmRpcUrl = text(stack, "EvmRpcUrl", "JSON-RPC endpoint of an EVM node on EvmNetwork")
                .allowedPattern("^(" + URL + ")$")
                .build();
        facilitator = text(stack, "Facilitator",
                "Who settles, in order of preference, with commas: onchain (the settlement key), coinbase, base URLs")
                .defaultValue("onchain")
                .allowedPattern("^" + FACILITATOR + "(," + FACILITATOR + ")*$")
                .build();
        coinbaseSecret = text(stack, "CoinbaseSecret",
                "ARN of a secret with the key for coinbase, as {\"id\": \"…\", \"secret\": \"…\"}; empty where it does not settle")
                .defaultValue("")
                .allowedPattern(NO_SECRET_OR_ARN)
                .build();
        hasCoinbaseKey = condition(stack, "HasCoinbaseKey", coinbaseSecret);
        evmNetwork = text(stack, "EvmNetwork", "Network that payments are made on")
                .defaultValue("base")
                .allowedValues(List.of("base", "base-sepolia"))
                .build();
        markupPercent = number(stack, "MarkupPercent", "Added to the provider's price, in percent", 20, 0, 1000);
        x402Versions = text(stack, "X402Versions",
                "Protocol versions to offer; 1 alone: every 402 is a plain version 1 one")
                .defaultValue("1,2")
                .allowedValues(List.of("1,2", "1", "2"))
                .build();
        minHours = number(stack, "MinHours", "Shortest prepaid lifetime, in hours", 24, 1, MOST_HOURS);
        maxHours = number(stack, "MaxHours", "Longest prepaid lifetime, in hours", MOST_HOURS, 1, MOST_HOURS);
        providerUrl = text(stack, "ProviderUrl", "Base URL of the provider's API")
                .defaultValue("https://api.vultr.com/v2")
                .allowedPattern("^(" + URL + ")$")
                .build();
        providerRequests = number(stack, "ProviderRequestsPerSecond",
                "How fast each function may ask the provider, which allows 30 a second from one address", 10, 1, 30);
        publicUrl = text(stack, "PublicUrl", "Scheme and host that callers use; empty: the host of each request")
                .defaultValue("")
                .allowedPattern("^(|" + URL + ")$")
                .build();
        readsPerMinute = number(stack, "ReadsPerMinute", "Calls a wallet may make in a minute to look at something",
                240,
                1, MOST_CALLS);
        writesPerMinute = number(stack, "WritesPerMinute", "Calls a wallet may make in a minute to change something",
                60,
                1, MOST_CALLS);
        settlementFeeCap = number(stack, "SettlementFeeCap",
                "The most that one settlement or refund may cost for gas, in gwei; while gas is dearer, it waits",
                1_000_000,
                1, MOST_FEE_GWEI);
        permit2 = text(stack, "Permit2",
                "on: payments by Permit2 are offered, too, to clients of version 2, and metered runs for what they use")
                .defaultValue("off")
                .allowedValues(List.of("off", "on"))
                .build();
        hashProofs = text(stack, "HashProofs",
                "on: runs may be paid by a plain transfer, too, and its transaction shown: for clients from before x402")
                .defaultValue("off")
                .allowedValues(List.of("off", "on"))
                .build();
        smartWalletFactories = text(stack, "SmartWalletFactories",
                "Contracts, with commas between, that may be called to create a payer's smart wallet; empty: none")
                .defaultValue("")
                .allowedPattern("^(|" + EVM_ADDRESS + "(," + EVM_ADDRESS + ")*)$")
                .build();
        refundSecret = text(stack, "RefundSecret",
                "ARN of a secret with the private key of a wallet that refunds are paid from; empty: credit instead")
                .defaultValue("")
                .allowedPattern(NO_SECRET_OR_ARN)
                .build();
        hasRefundWallet = condition(stack, "HasRefundWallet", refundSecret);
        receiptSecret = text(stack, "ReceiptSecret",
                "ARN of a secret with the private key that signs offers and receipts; empty: they are not signed")
                .defaultValue("")
                .allowedPattern(NO_SECRET_OR_ARN)
                .build();
        hasReceiptKey = condition(stack, "HasReceiptKey", receiptSecret);
        solana = new SolanaSettings(stack);
        forOthers = new FacilitatorSettings(stack);
        inference = new InferenceSettings(stack);
        alarmEmail = text(stack, "AlarmEmail", "Who is told of alarms, once the address was confirmed; empty: nobody")
                .defaultValue("")
                .allowedPattern("^(|[^\\s@]+@[^\\s@]+)$")
                .build();
    }

    /**
     * What is owed back is paid from a wallet of the operator's, where there is one.
     *
     * @param otherwise a secret that whoever needs this may read anyway: a statement needs a resource even where there is no wallet
     */
    Need refunds(String otherwise) {
        return remedy().and(readable(hasRefundWallet, refundSecret, otherwise));
    }

    /**
     * Offers and receipts are signed, where the operator has a key for that.
     *
     * @param otherwise as for {@link #refunds}
     */
    Need receipts(String otherwise) {
        return variables(Map.of("RECEIPT_SECRET", receiptSecret))
                .and(readable(hasReceiptKey, receiptSecret, otherwise));
    }

    /** Under which address callers know this API: what a wallet signs in to. */
    Need address() {
        return variables(Map.of("PUBLIC_URL", publicUrl));
    }

    /** Whether what is owed back is paid back, or is credit. */
    Need remedy() {
        return variables(Map.of("REFUND_SECRET", refundSecret));
    }

    /** Who is told of alarms; empty for nobody. */
    String alarmEmail() {
        return alarmEmail.getValueAsString();
    }

    /** Where the provider is. */
    Need provider() {
        return variables(
                Map.of("PROVIDER_URL", providerUrl, "PROVIDER_REQUESTS_PER_SECOND", providerRequests));
    }

    /** What is added to its price. */
    Need pricing() {
        return variables(Map.of("MARKUP_PERCENT", markupPercent));
    }

    /**
     * How payments are verified and settled.
     *
     * @param key the secret with the settlement key, which whoever needs this may read anyway
     */
    Need settlement(String key) {
        return variables(
                Map.of("EVM_NETWORK", evmNetwork, "EVM_RPC_URL", evmRpcUrl, "FACILITATOR", facilitator, "PUBLIC_URL",
                        publicUrl, "SETTLEMENT_FEE_CAP", settlementFeeCap, "SMART_WALLET_FACTORIES",
                        smartWalletFactories))
                .and(variables(Map.of("COINBASE_SECRET", coinbaseSecret)))
                .and(readable(hasCoinbaseKey, coinbaseSecret, key))
                .and(solana.settlement(key));
    }

    /** Who carries runs out. */
    InferenceSettings inference() {
        return inference;
    }

    /** What is settled for others, and how often they may call. */
    FacilitatorSettings forOthers() {
        return forOthers;
    }

    /** Where others' payments are settled, and with which account on Solana. */
    Need settlingAccounts() {
        return variables(Map.of("EVM_NETWORK", evmNetwork, "FACILITATOR", facilitator)).and(solana.terms());
    }

    /**
     * How others' payments are verified.
     *
     * @param key as for {@link #settlement}
     */
    Need verification(String key) {
        return settlingAccounts().and(variables(Map.of("EVM_RPC_URL", evmRpcUrl))).and(solana.settlement(key));
    }

    /**
     * How others' payments are settled, which is always done with the operator's own keys.
     *
     * @param key as for {@link #settlement}
     */
    Need ownSettlement(String key) {
        return verification(key).and(variables(Map.of("SETTLEMENT_FEE_CAP", settlementFeeCap)));
    }

    /** What a 402 asks, and in which versions. */
    Need offer() {
        return variables(Map.of("X402_VERSIONS", x402Versions, "PAY_TO", payTo, "PERMIT2", permit2));
    }

    /** Whether transactions count as payments. */
    Need hashProofs() {
        return variables(Map.of("HASH_PROOFS", hashProofs));
    }

    /** What is paid for, where and to whom: enough to say a price. */
    Need terms() {
        // Where a facilitator settles, Solana is not offered.
        return variables(Map.of("EVM_NETWORK", evmNetwork, "PAY_TO", payTo, "FACILITATOR", facilitator))
                .and(solana.terms());
    }

    /** How often a wallet may look. */
    Need reads() {
        return variables(Map.of("READS_PER_MINUTE", readsPerMinute));
    }

    /** How often a wallet may change something. */
    Need writes() {
        return variables(Map.of("WRITES_PER_MINUTE", writesPerMinute));
    }

    /** How long a machine can be rented. */
    Need limits() {
        return variables(Map.of("MIN_HOURS", minHours, "MAX_HOURS", maxHours));
    }

    private static CfnCondition condition(Stack stack, String id, CfnParameter setting) {
        return CfnCondition.Builder.create(stack, id)
                .expression(Fn.conditionNot(Fn.conditionEquals(setting.getValueAsString(), "")))
                .build();
    }

    private static Need readable(CfnCondition isThere, CfnParameter secret, String otherwise) {
        String readable = Fn.conditionIf(isThere.getLogicalId(), secret.getValueAsString(), otherwise).toString();
        return Need.allow(List.of("secretsmanager:GetSecretValue"), readable);
    }

    private static Need variables(Map<String, CfnParameter> parameters) {
        return parameters.entrySet()
                .stream()
                .map(entry -> Need.variable(entry.getKey(), entry.getValue().getValueAsString()))
                .reduce(Need.NOTHING, Need::and);
    }

    static CfnParameter.Builder text(Stack stack, String id, String description) {
        return CfnParameter.Builder.create(stack, id).type("String").description(description);
    }

    static CfnParameter number(Stack stack, String id, String description, int value, int least, int most) {
        return CfnParameter.Builder.create(stack, id)
                .type("Number")
                .description(description)
                .defaultValue(value)
                .minValue(least)
                .maxValue(most)
                .build();
    }
}
