package io.x402compute.local.chain;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A real EVM on this machine that a client takes for Base: chain id 8453, a block every two seconds, and a token at USDC's
 * address that behaves like USDC. Account 0 of the development mnemonic is the operator, accounts 1 to 5 are agents with
 * {@link #AGENT_MICROS} each.
 *
 * <p>The node listens on loopback only and dies with this JVM, however that ends.
 */
public final class LocalEvm implements AutoCloseable {
    public static final long CHAIN_ID = 8453;
    /** USDC's address on Base. */
    public static final String USDC = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";
    /** Where several calls are made in one, on nearly every chain. */
    public static final String MULTICALL3 = "0xcA11bde05977b3631167028862bE2a173976CA11";
    /** Transfers by signature, on every chain. */
    public static final String PERMIT2 = "0x000000000022D473030F116dDEE9F6B43aC78BA3";
    /** What payers by Permit2 sign for. */
    public static final String PERMIT2_PROXY = "0x402085c248EeA27D92E8b30b2C58ed07f9E20001";
    /** What payers by Permit2 sign for who pay for as much as they use. */
    public static final String UPTO_PROXY = "0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002";
    /** Makes every {@link SmartWallet}. */
    public static final String WALLET_FACTORY = "0xFac7000000000000000000000000000000000001";
    /** What each agent starts with, in micro-USDC: 1,000,000 USDC. */
    public static final long AGENT_MICROS = 1_000_000_000_000L;

    private static final long GWEI = 1_000_000_000;
    private static final int FIRST_AGENT = 1;
    private static final int LAST_AGENT = 5;
    /** Deploys and mints, so that the nonces of the operator and the agents start at zero. */
    private static final int DEPLOYER = 9;

    private final NodeProcess anvil;
    private final JsonRpc rpc;
    private Duration advanced = Duration.ZERO;

    private LocalEvm(NodeProcess anvil) {
        this.anvil = anvil;
        rpc = anvil.rpc();
    }

    /**
     * Starts the node and waits until the token and the agents' balances are there.
     *
     * @param port the RPC port, or 0 for any free one
     * @throws IllegalStateException when the port is taken or the node is not installed; the message says what to do
     */
    public static LocalEvm start(int port) {
        return start(port, Clock.systemUTC());
    }

    /** Starts the node as above, at the time that the clock shows. From then on it follows real time. */
    public static LocalEvm start(int port, Clock clock) {
        NodeProcess anvil = Anvil.start(port, CHAIN_ID, clock.instant());
        try {
            LocalEvm evm = new LocalEvm(anvil);
            evm.installCode(USDC, Contract.named("UsdCoin").deployedBytecode());
            evm.installCode(MULTICALL3, Contract.named("Multicall3").deployedBytecode());
            evm.installCode(PERMIT2, Contract.named("Permit2").deployedBytecode());
            evm.installCode(PERMIT2_PROXY, Contract.named("ExactPermit2Proxy").deployedBytecode());
            evm.installCode(UPTO_PROXY, Contract.named("UptoPermit2Proxy").deployedBytecode());
            evm.installCode(WALLET_FACTORY, Contract.named("WalletFactory").deployedBytecode());
            for (int agent = FIRST_AGENT; agent <= LAST_AGENT; agent++) {
                evm.mint(evm.address(agent), AGENT_MICROS);
            }
            return evm;
        } catch (RuntimeException e) {
            anvil.close();
            throw e;
        }
    }

    /** Where clients reach the node's JSON-RPC. */
    public URI rpcUrl() {
        return anvil.rpcUrl();
    }

    /** The checksummed address of a development account, 0 to 9. */
    public String address(int account) {
        return DevelopmentAccounts.address(account);
    }

    /** The private key of a development account, 0 to 9, as {@code 0x} and 64 digits. Everyone knows it. */
    public String privateKey(int account) {
        return DevelopmentAccounts.privateKey(account);
    }

    /** What the address holds, in micro-USDC. */
    public long balanceOf(String address) {
        return Abi.longValue(
                rpc.call("eth_call", Map.of("to", USDC, "data", Abi.call(Abi.BALANCE_OF, address)), "latest").asText());
    }

    /** The native money of an account, in wei, as {@code 0x} and hexadecimal. */
    public String gas(String address) {
        return rpc.call("eth_getBalance", address, "latest").asText();
    }

    /** Gives or takes native money, until the account has that much; as {@link #gas} tells it. */
    public void setGas(String address, String wei) {
        rpc.call("anvil_setBalance", address, wei);
    }

    /** Gives the address that many micro-USDC, out of nothing. */
    public void mint(String address, long micros) {
        transact(Map.of("to", USDC, "data", Abi.call(Abi.MINT, address, Abi.word(micros))));
    }

    /** Every token transfer that the address ever received, oldest first. What was minted came from the zero address. */
    public List<Transfer> transfersTo(String address) {
        List<String> topics = Arrays.asList(Transfer.TOPIC, null, "0x" + Abi.word(address));
        JsonNode logs = rpc.call("eth_getLogs",
                Map.of("fromBlock", "0x0", "toBlock", "latest", "address", USDC, "topics", topics));
        return StreamSupport.stream(logs.spliterator(), false).map(Transfer::of).toList();
    }

    /** A development account, 0 to 9, sends that many micro-USDC to the address. */
    public void send(int account, String to, long micros) {
        transact(address(account), Map.of("to", USDC, "data", Abi.call(Abi.TRANSFER, to, Abi.word(micros))));
    }

    /** A development account, 0 to 9, lets Permit2 take that many micro-USDC of its own. */
    public void approvePermit2(int account, long micros) {
        callAs(account, USDC, Abi.call(Abi.APPROVE, PERMIT2, Abi.word(micros)));
    }

    /**
     * Sends a call to the token from an account that has no part in anything, as anyone may who has seen an authorization.
     *
     * @return the transaction's hash, once it is mined
     * @throws IllegalStateException when the token refuses
     */
    public String callToken(String data) {
        return call(USDC, data);
    }

    /** The same, to any contract. */
    public String call(String contract, String data) {
        return callAs(DEPLOYER, contract, data);
    }

    /** The same, from a development account, 0 to 9. */
    public String callAs(int account, String contract, String data) {
        return transact(address(account), Map.of("to", contract, "data", data)).required("transactionHash").asText();
    }

    /**
     * Hands a call to the token in from that account and does not wait for it.
     *
     * @param priorityWei what it offers the block's builder; the dearest comes first in a block
     * @return the transaction's hash
     */
    public String submitToToken(String data, long priorityWei) {
        return rpc.call("eth_sendTransaction", Map.of("from", address(DEPLOYER), "to", USDC, "data", data,
                "gas", "0x40000", "maxPriorityFeePerGas", "0x" + Long.toHexString(priorityWei),
                "maxFeePerGas", "0x" + Long.toHexString(2 * priorityWei + GWEI * 10))).asText();
    }

    /** From now on no block comes by itself. */
    public void pauseMining() {
        rpc.call("evm_setIntervalMining", 0);
    }

    /** From now on a block comes every so many seconds, and at no other time. */
    public void mineEvery(int seconds) {
        rpc.call("evm_setIntervalMining", seconds);
    }

    /** Makes a block of what waits and pays for it. */
    public void mine() {
        rpc.call("evm_mine");
    }

    /** What the next block asks for each unit of gas, in wei; from then on it falls by an eighth with each block that is empty. */
    public void setBaseFee(long wei) {
        rpc.call("anvil_setNextBlockBaseFeePerGas", "0x" + Long.toHexString(wei));
    }

    /** How many transactions the address has sent. */
    public long transactionCount(String address) {
        return Abi.longValue(rpc.call("eth_getTransactionCount", address, "latest").asText());
    }

    /** The time of the newest block, in seconds since 1970. It follows real time, plus what it was advanced by. */
    public long blockTime() {
        return Abi.longValue(
                rpc.call("eth_getBlockByNumber", "latest", false).required("timestamp").asText());
    }

    /**
     * Moves the chain's clock forward, in step with the simulated one, and mines a block at the new time. Blocks know whole
     * seconds only: fractions count once they add up to one.
     */
    public synchronized void advance(Duration duration) {
        Duration total = advanced.plus(duration);
        rpc.call("evm_increaseTime", total.toSeconds() - advanced.toSeconds());
        rpc.call("evm_mine");
        advanced = total;
    }

    /**
     * Deploys one of the contracts in {@code contracts/}.
     *
     * @param arguments the constructor's, each an address or another value of one word, in hexadecimal
     * @return the new contract's address
     */
    public String deploy(String contract, String... arguments) {
        String code = Contract.named(contract).bytecode();
        return transact(Map.of("data", code + Abi.words(arguments))).required("contractAddress").asText();
    }

    /** The address of a smart wallet, whether it is there or not. */
    public String addressOf(SmartWallet wallet) {
        String answer = rpc.call("eth_call", Map.of("to", WALLET_FACTORY, "data",
                Abi.call(Abi.GET_ADDRESS, wallet.owner(), Abi.word(wallet.salt()))), "latest").asText();
        return "0x" + answer.substring(answer.length() - Abi.ADDRESS_DIGITS);
    }

    /** Somebody makes that wallet. */
    public void create(SmartWallet wallet) {
        transact(Map.of("to", WALLET_FACTORY, "data", wallet.creation()));
    }

    /** Puts runtime code, {@code 0x…}, at an address; {@code 0x} takes it away. */
    public void installCode(String address, String code) {
        rpc.call("anvil_setCode", address, code);
    }

    /** Makes a plain account act as the contract at that address does, as an EIP-7702 delegation would. */
    public void delegate(String account, String contract) {
        installCode(account, Abi.DELEGATION + contract.substring(2));
    }

    /** Stops the node. What it held is gone. */
    @Override
    public void close() {
        anvil.close();
    }

    /** Sends a transaction of the deployer's and waits until it is mined. The node holds the key. */
    private JsonNode transact(Map<String, String> transaction) {
        return transact(address(DEPLOYER), transaction);
    }

    private JsonNode transact(String from, Map<String, String> transaction) {
        Map<String, String> signed = new HashMap<>(transaction);
        signed.put("from", from);
        JsonNode receipt = rpc.call("eth_sendTransactionSync", signed);
        if (!receipt.required("status").asText().equals("0x1")) {
            throw new IllegalStateException("transaction reverted: " + receipt.required("transactionHash").asText());
        }
        return receipt;
    }
}
