package io.x402compute.x402.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.EvmChain.Block;
import io.x402compute.x402.evm.EvmChain.Broadcast;
import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.evm.EvmChain.Fees;
import io.x402compute.x402.evm.EvmChain.GasEstimate;
import io.x402compute.x402.evm.EvmChain.Log;
import io.x402compute.x402.evm.EvmChain.Mined;
import io.x402compute.x402.evm.EvmChain.Receipt;
import io.x402compute.x402.node.NodeDouble;
import io.x402compute.x402.protocol.Hex;

class RpcEvmChainTest {
    private static final String TOKEN = Vectors.BASE_SEPOLIA_USDC;
    /** {@code Error("FiatTokenV2: authorization is expired")}. */
    private static final String EXPIRED = "0x08c379a0" + "0".repeat(62) + "20" + "0".repeat(62) + "25"
            + "46696174546f6b656e56323a20617574686f72697a6174696f6e206973206578" + "7069726564" + "0".repeat(54);

    private final NodeDouble node = new NodeDouble();
    private final RpcEvmChain chain = new RpcEvmChain(node.url(), Duration.ofSeconds(5), Duration.ofSeconds(20));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void readsTheHeadOfTheChain() throws ChainUnavailable {
        node.answer("eth_chainId", "\"result\":\"0x2105\"");
        node.answer("eth_getBlockByNumber",
                "\"result\":{\"number\":\"0x10\",\"timestamp\":\"0x67c08c59\",\"baseFeePerGas\":\"0x4c4b40\"}");
        node.answer("eth_maxPriorityFeePerGas", "\"result\":\"0xf4240\"");
        assertThat(chain.chainId()).isEqualTo(8453);
        assertThat(chain.latestBlock()).isEqualTo(new Block(16, Instant.ofEpochSecond(1740672089)));
        assertThat(chain.fees()).isEqualTo(new Fees(BigInteger.valueOf(5_000_000), BigInteger.valueOf(1_000_000)));
    }

    @Test
    void anAccountWithoutCodeHasTheEmptyOne() throws ChainUnavailable {
        node.answer("eth_getCode", "\"result\":\"0x\"");
        assertThat(chain.hasCode(TOKEN)).isFalse();
        node.answer("eth_getCode", "\"result\":\"0xef0100" + "ab".repeat(20) + "\"");
        assertThat(chain.hasCode(TOKEN)).isTrue();
    }

    @Test
    void callsAreMadeAtTheBlockAskedFor() throws ChainUnavailable {
        node.answer("eth_call", "\"result\":\"0xAB\"");
        assertThat(chain.call(TOKEN, "0x01")).isEqualTo(new CallOutcome.Returned("0xab"));
        chain.callAt(255, TOKEN, "0x02");
        assertThat(node.questions().get(0).get("params"))
                .hasToString("[{\"to\":\"" + TOKEN + "\",\"data\":\"0x01\"},\"latest\"]");
        assertThat(node.questions().get(1).get("params").get(1).textValue()).isEqualTo("0xff");
    }

    @Test
    void aContractsOwnWordsAreKept() throws ChainUnavailable {
        node.answer("eth_call",
                "\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"" + EXPIRED + "\"}");
        assertThat(chain.call(TOKEN, "0x"))
                .isEqualTo(new CallOutcome.Reverted("FiatTokenV2: authorization is expired"));
        node.answer("eth_estimateGas", "\"error\":{\"code\":-32000,\"message\":\"execution reverted: no\"}");
        assertThat(chain.estimateGas(TOKEN, TOKEN, "0x")).isEqualTo(new GasEstimate.Reverted("execution reverted: no"));
        node.answer("eth_call", "\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08c379a0ff\"}");
        assertThat(chain.call(TOKEN, "0x")).isEqualTo(new CallOutcome.Reverted("execution reverted"));
    }

    @Test
    void aWalletThatCrashesIsItsOwnFaultAndNotTheNodes() throws ChainUnavailable {
        node.answer("eth_call", "\"error\":{\"code\":-32000,\"message\":\"invalid opcode: INVALID\"}");
        assertThat(chain.call(TOKEN, "0x")).isInstanceOf(CallOutcome.Reverted.class);
    }

    @Test
    void aNodesOwnTroubleIsNoAnswer() {
        node.answer("eth_call", "\"error\":{\"code\":-32005,\"message\":\"rate limit exceeded\"}");
        assertThatThrownBy(() -> chain.call(TOKEN, "0x")).isInstanceOf(ChainUnavailable.class)
                .hasMessageContaining("rate limit");
        node.answer("eth_estimateGas", "\"error\":{\"code\":-32000,\"message\":\"insufficient funds for gas\"}");
        assertThatThrownBy(() -> chain.estimateGas(TOKEN, TOKEN, "0x")).isInstanceOf(ChainUnavailable.class);
        for (String nonsense : List.of("<html>busy</html>", "{}", "{\"result\":\"8453\"}", "{\"result\":null}")) {
            node.answerText("eth_chainId", nonsense);
            assertThatThrownBy(chain::chainId).as(nonsense).isInstanceOf(ChainUnavailable.class);
        }
    }

    @Test
    void aTransactionIsKnownByWhatItCalled() throws ChainUnavailable {
        node.answer("eth_getTransactionByHash", "\"result\":{\"to\":\"" + TOKEN + "\",\"input\":\"0xAB\"}");
        assertThat(chain.transactionCall("0x01")).contains(new ContractCall(TOKEN, "0xab"));
        node.answer("eth_getTransactionByHash", "\"result\":{\"to\":null,\"input\":\"0x60\"}");
        assertThat(chain.transactionCall("0x01")).contains(new ContractCall("", "0x60"));
        node.answer("eth_getTransactionByHash", "\"result\":null");
        assertThat(chain.transactionCall("0x01")).isEmpty();
        node.answer("eth_getTransactionByHash", "\"result\":{\"to\":\"0x\",\"input\":\"0xabc\"}");
        assertThatThrownBy(() -> chain.transactionCall("0x01")).isInstanceOf(ChainUnavailable.class);
    }

    /** What a failed call had called was taken back, and a call of another's code happens at home. */
    @Test
    void aTraceTellsTheCallsThatHadTheirEffect() throws ChainUnavailable {
        String leaf = "{\"type\":\"CALL\",\"to\":\"0x0%s\",\"input\":\"0x0%s\"}";
        node.answer("debug_traceTransaction",
                "\"result\":{\"type\":\"CALL\",\"to\":\"0x01\",\"input\":\"0x01\",\"calls\":["
                        + "{\"type\":\"DELEGATECALL\",\"to\":\"0x02\",\"input\":\"0x02\",\"calls\":["
                        + leaf.formatted(3, 3) + "]},"
                        + "{\"type\":\"CALL\",\"to\":\"0x04\",\"input\":\"0x04\",\"error\":\"execution reverted\",\"calls\":["
                        + leaf.formatted(5, 5) + "]}]}");
        assertThat(chain.tracedCalls("0x01"))
                .containsExactly(new ContractCall("0x01", "0x01"), new ContractCall("0x03", "0x03"));
        assertThat(node.questions().getLast().get("params"))
                .hasToString("[\"0x01\",{\"tracer\":\"callTracer\"}]");
    }

    @Test
    void aNodeWithoutTracesHasNotSaidThatNothingWasCalled() {
        for (String answer : List.of("\"error\":{\"code\":-32601,\"message\":\"method not found\"}", "\"result\":null",
                "\"result\":{}", "\"result\":[]")) {
            node.answer("debug_traceTransaction", answer);
            assertThatThrownBy(() -> chain.tracedCalls("0x01")).as(answer).isInstanceOf(ChainUnavailable.class);
        }
    }

    @Test
    void nodesSayTheSameOfATransactionInDifferentWords() throws ChainUnavailable {
        node.answer("eth_sendRawTransaction", "\"result\":\"0x01\"");
        assertThat(chain.send("0x02")).isEqualTo(new Broadcast.Accepted());
        for (String words : List.of("already known", "AlreadyKnown", "transaction already imported")) {
            refuse(words);
            assertThat(chain.send("0x02")).as(words).isEqualTo(new Broadcast.AlreadyKnown());
        }
        for (String words : List.of("nonce too low: next nonce 8, tx nonce 7", "OldNonce")) {
            refuse(words);
            assertThat(chain.send("0x02")).as(words).isEqualTo(new Broadcast.NumberUsed());
        }
        for (String words : List.of("replacement transaction underpriced", "ReplacementNotAllowed",
                "could not replace existing tx", "TRANSACTION_REPLACEMENT_UNDERPRICED")) {
            refuse(words);
            assertThat(chain.send("0x02")).as(words).isEqualTo(new Broadcast.Underpriced());
        }
        refuse("insufficient funds for gas * price + value");
        assertThat(chain.send("0x02"))
                .isEqualTo(new Broadcast.Refused("insufficient funds for gas * price + value"));
    }

    @Test
    void aReceiptCountsOnceItsTransactionIsInABlock() throws ChainUnavailable {
        node.answer("eth_getTransactionReceipt", "\"result\":null");
        assertThat(chain.receipt("0x01")).isEmpty();
        node.answer("eth_getTransactionReceipt", "\"result\":{\"blockNumber\":null,\"status\":\"0x1\",\"logs\":[]}");
        assertThat(chain.receipt("0x01")).isEmpty();
        node.answer("eth_getTransactionReceipt", "\"result\":{\"blockNumber\":\"0x5\",\"status\":\"0x0\",\"logs\":[]}");
        assertThat(chain.receipt("0x01")).contains(new Receipt(false, List.of()));
        node.answer("eth_getTransactionReceipt", "\"result\":{\"blockNumber\":\"0x5\",\"status\":\"0x1\",\"logs\":["
                + "{\"address\":\"0xAA\",\"topics\":[\"0x0B\"],\"data\":\"0x\",\"logIndex\":\"0xa\","
                + "\"transactionHash\":\"0x01\"}]}");
        assertThat(chain.receipt("0x01"))
                .contains(new Receipt(true, List.of(new Log("0xaa", List.of("0x0b"), "0x", 10, "0x01"))));
    }

    @Test
    void aMinedTransactionIsToldWithItsBlock() throws ChainUnavailable {
        String sent = "\"result\":{\"blockHash\":\"0x0b\",\"to\":\"0xAA\",\"input\":\"0x01\"}";
        node.answer("eth_getTransactionByHash", "\"result\":{\"blockHash\":null,\"to\":\"0xaa\",\"input\":\"0x01\"}");
        assertThat(chain.mined("0x01")).isEmpty();
        node.answer("eth_getTransactionByHash", sent);
        node.answer("eth_getTransactionReceipt",
                "\"result\":{\"blockNumber\":\"0x5\",\"blockHash\":\"0x0b\",\"status\":\"0x1\",\"logs\":[]}");
        node.answer("eth_getBlockByHash", "\"result\":{\"number\":\"0x5\",\"timestamp\":\"0x67c08c59\"}");
        assertThat(chain.mined("0x01")).contains(new Mined(new Block(5, Instant.ofEpochSecond(1740672089)),
                new ContractCall("0xAA", "0x01"), new Receipt(true, List.of())));

        node.answer("eth_getTransactionReceipt",
                "\"result\":{\"blockNumber\":\"0x6\",\"blockHash\":\"0x0c\",\"status\":\"0x1\",\"logs\":[]}");
        assertThatThrownBy(() -> chain.mined("0x01")).as("moved to another block in between")
                .isInstanceOf(ChainUnavailable.class);
    }

    @Test
    void logsAreAskedForByPlaceAndRange() throws ChainUnavailable {
        node.answer("eth_getLogs", "\"result\":[]");
        assertThat(chain.logs(TOKEN, List.of(List.of("0x0a", "0x0b"), List.of("0x0c")), 16, 32)).isEmpty();
        assertThat(node.questions().get(0).get("params")).hasToString("[{\"address\":\"" + TOKEN
                + "\",\"fromBlock\":\"0x10\",\"toBlock\":\"0x20\",\"topics\":[[\"0x0a\",\"0x0b\"],[\"0x0c\"]]}]");
    }

    @Test
    void waitingTransactionsCount() throws ChainUnavailable {
        node.answer("eth_getTransactionCount", "\"result\":\"0x7\"");
        assertThat(chain.transactionCount(Hex.lowerCase(Vectors.ADDRESS_B))).isEqualTo(7);
        assertThat(chain.minedCount(Hex.lowerCase(Vectors.ADDRESS_B))).isEqualTo(7);
        assertThat(node.questions()).extracting(question -> question.get("params").get(1).textValue())
                .containsExactly("pending", "latest");
    }

    @Test
    void aBrokenConnectionIsTriedOnceMoreAndThenGivenUp() throws ChainUnavailable {
        node.answer("eth_chainId", "\"result\":\"0x1\"");
        node.hangUp(1);
        assertThat(chain.chainId()).isEqualTo(1);
        node.hangUp(2);
        assertThatThrownBy(chain::chainId).isInstanceOf(ChainUnavailable.class);
        assertThat(node.questions()).hasSize(4);
    }

    @Test
    void aSilentNodeIsGivenUpAndNotAskedAgain() {
        node.fallSilent();
        RpcEvmChain impatient = new RpcEvmChain(node.url(), Duration.ofSeconds(5), Duration.ofMillis(200));
        assertThatThrownBy(impatient::chainId).isInstanceOf(ChainUnavailable.class)
                .hasMessageNotContaining("secret-access-key");
        assertThat(node.questions()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void anAbsentNodeIsUnavailableAndItsAddressStaysSecret() {
        URI address = node.url();
        node.close();
        RpcEvmChain absent = new RpcEvmChain(address, Duration.ofSeconds(5), Duration.ofSeconds(5));
        assertThatThrownBy(absent::chainId).isInstanceOf(ChainUnavailable.class).hasNoCause()
                .hasMessageNotContaining("secret-access-key").hasMessageNotContaining("127.0.0.1");
    }

    private void refuse(String words) {
        node.answer("eth_sendRawTransaction", "\"error\":{\"code\":-32000,\"message\":\"" + words + "\"}");
    }
}
