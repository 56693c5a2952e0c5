package io.x402compute.local.chain;

import java.time.Instant;
import java.util.List;

/** How the EVM node is started. */
final class Anvil {
    private Anvil() {}

    /**
     * Starts the node and waits until it answers.
     *
     * @param port the RPC port, or 0 for any free one
     * @param genesis the time of its first block, from which its time goes on
     * @throws IllegalStateException when the port is taken, the binary is missing or the node does not come up
     */
    static NodeProcess start(int port, long chainId, Instant genesis) {
        String binary = NodeModules.anvil().toString();
        return NodeProcess.start("EVM node", port, "eth_chainId", freePort -> List.of(binary, "--silent",
                "--host", NodeProcess.LOOPBACK.getHostAddress(),
                "--port", Integer.toString(freePort),
                "--chain-id", Long.toString(chainId),
                "--timestamp", Long.toString(genesis.getEpochSecond()),
                // A transaction is mined at once. In between, blocks come as on Base: eth_call runs at the newest block's
                // time, so on an idle chain without them no fresh authorization would be valid yet.
                "--mixed-mining", "--block-time", "2",
                // Otherwise the state after each block is written to the home folder, gigabytes a day.
                "--prune-history", "64",
                // The tags "safe" and "finalized" then lie one and two blocks back, within the history kept.
                "--slots-in-an-epoch", "1"));
    }
}
