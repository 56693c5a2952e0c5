package io.x402compute.local.chain;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.solana.Base58;
import io.x402compute.x402.solana.SolanaWallet;

/**
 * A Solana network on this machine that a client takes for the real one: the programs of SPL, USDC's mint at its address, a slot
 * every 400 ms, blockhashes that are forgotten. The keys are those of the EVM's accounts, byte for byte: account 0 is the operator,
 * who has SOL and no USDC, not even an account for it; accounts 1 to 5 are agents with {@link #AGENT_MICROS} each.
 *
 * <p>The node listens on loopback only and dies with this JVM, however that ends.
 */
public final class LocalSolana implements AutoCloseable {
    /** What each agent starts with, in micro-USDC: 1,000,000 USDC. */
    public static final long AGENT_MICROS = 1_000_000_000_000L;
    /** What the operator and each agent start with, in lamports: 100 SOL. */
    public static final long LAMPORTS = 100_000_000_000L;

    private static final int OPERATOR = 0;
    private static final int LAST_AGENT = 5;

    private final NodeProcess node;
    private final JsonRpc rpc;

    private LocalSolana(NodeProcess node) {
        this.node = node;
        this.rpc = node.rpc();
    }

    /**
     * Starts the node and waits until the agents' balances are there.
     *
     * @param port the RPC port, or 0 for any free one
     * @throws IllegalStateException when the port is taken or the node is not installed; the message says what to do
     */
    public static LocalSolana start(int port) {
        return start(port, Clock.systemUTC());
    }

    /** Starts the node as above, at the time that the clock shows. From then on it follows real time. */
    public static LocalSolana start(int port, Clock clock) {
        String script = NodeModules.solana().toString();
        NodeProcess node = NodeProcess.start("Solana node", port, "getHealth", freePort -> List.of("node", script,
                Integer.toString(freePort), Long.toString(clock.millis())));
        try {
            LocalSolana solana = new LocalSolana(node);
            for (int account = OPERATOR; account <= LAST_AGENT; account++) {
                solana.airdrop(solana.address(account), LAMPORTS);
                if (account != OPERATOR) {
                    solana.fund(solana.address(account), AGENT_MICROS);
                }
            }
            return solana;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    /** Where clients reach the node's JSON-RPC. */
    public URI rpcUrl() {
        return node.rpcUrl();
    }

    /** The address of a development account, 0 to 9. */
    public String address(int account) {
        return wallet(account).address();
    }

    /** The wallet of a development account, 0 to 9. Everyone knows its key. */
    public SolanaWallet wallet(int account) {
        return SolanaWallet.ofSeed(Hex.bytes(privateKey(account)));
    }

    /** The private key of a development account, 0 to 9, as {@code 0x} and 64 digits. */
    public String privateKey(int account) {
        return DevelopmentAccounts.privateKey(account);
    }

    /** The same as Solana's wallets export it: base58 of the private key and the public one. */
    public String keyPair(int account) {
        byte[] seed = Hex.bytes(privateKey(account));
        byte[] address = Base58.decode(address(account)).orElseThrow();
        return Base58.encode(ByteBuffer.allocate(seed.length + address.length).put(seed).put(address).array());
    }

    /** What the owner's token account holds, in micro-USDC; 0 also where there is none. */
    public long balanceOf(String owner) {
        return rpc.call("local_balance", owner).asLong();
    }

    public long lamports(String address) {
        return rpc.call("getBalance", address).path("value").asLong();
    }

    /** Gives the owner that many micro-USDC, out of nothing. */
    public void fund(String owner, long micros) {
        rpc.call("local_fund", owner, micros);
    }

    /** Gives the account that many lamports, out of nothing. */
    public void airdrop(String address, long lamports) {
        rpc.call("requestAirdrop", address, lamports);
    }

    /** Moves the chain's clock forward, in step with the simulated one. */
    public void advance(Duration duration) {
        rpc.call("local_advance", duration.toMillis());
    }

    /** So many of the transactions that are handed in next are lost, as a busy network loses them. */
    public void drop(int count) {
        rpc.call("local_drop", count);
    }

    /** Stops the node. What it held is gone. */
    @Override
    public void close() {
        node.close();
    }
}
