package io.x402compute.x402.evm;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.x402compute.x402.node.NodeDouble;
import io.x402compute.x402.protocol.DamagedJson;
import io.x402compute.x402.protocol.WireJson;

/** A node may say anything: it is an answer, or none. */
class AnyNodeAnswerTest {
    private static final String WORD = "0x" + "0".repeat(63) + "1";
    private static final Map<String, String> GOOD = Map.ofEntries(
            entry("eth_chainId", "'result':'0x2105'"),
            entry("eth_getBlockByNumber",
                    "'result':{'number':'0x10','timestamp':'0x67c08c59','baseFeePerGas':'0x4c4b40'}"),
            entry("eth_maxPriorityFeePerGas", "'result':'0xf4240'"),
            entry("eth_getCode", "'result':'0xef'"),
            entry("eth_call", "'result':'" + WORD + "'"),
            entry("eth_estimateGas", "'error':{'code':3,'message':'execution reverted','data':'0x08c379a0'}"),
            entry("eth_getBalance", "'result':'0x01'"),
            entry("eth_getTransactionCount", "'result':'0x07'"),
            entry("eth_getTransactionReceipt",
                    "'result':{'blockNumber':'0x5','blockHash':'0x0b','status':'0x1','logs':[]}"),
            entry("eth_getTransactionByHash", "'result':{'blockHash':'0x0b','to':'0xaa','input':'0x01'}"),
            entry("eth_getBlockByHash", "'result':{'number':'0x5','timestamp':'0x67c08c59'}"),
            entry("eth_getLogs",
                    "'result':[{'address':'0xaa','topics':['0x0b'],'data':'0x','logIndex':'0xa','transactionHash':'0x01'}]"));
    private static final List<ObjectNode> ANSWERS = GOOD.values().stream()
            .map(members -> "{'jsonrpc':'2.0','id':1," + members + "}")
            .map(json -> WireJson.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).orElseThrow())
            .toList();

    @Property(tries = 100)
    void aDamagedAnswerIsAnAnswerOrNone(@ForAll("damaged") String answer) {
        try (NodeDouble node = new NodeDouble()) {
            Stream.concat(GOOD.keySet().stream(), Stream.of("eth_sendRawTransaction"))
                    .forEach(method -> node.answerText(method, answer));
            EvmChain chain = new RpcEvmChain(node.url(), Duration.ofSeconds(5), Duration.ofSeconds(20));
            for (Question question : questions(chain)) {
                try {
                    assertThat(question.ask()).isNotNull();
                } catch (ChainUnavailable none) {
                    assertThat(none).hasMessageNotContaining(node.url().toString());
                }
            }
        }
    }

    private static List<Question> questions(EvmChain chain) {
        String token = Vectors.BASE_SEPOLIA_USDC;
        return List.of(chain::chainId, chain::latestBlock, chain::fees, () -> chain.hasCode(token),
                () -> chain.estimateGas(token, token, "0x"), () -> chain.balance(token),
                () -> chain.transactionCount(token), () -> chain.minedCount(token), () -> chain.send("0x01"),
                () -> chain.receipt("0x01"), () -> chain.mined("0x01"), () -> chain.logs(token, List.of(), 1, 2),
                () -> switch (chain.call(token, "0x")) {
                    case EvmChain.CallOutcome.Returned(String data) -> List.of(Abi.number(data), Abi.text(data));
                    case EvmChain.CallOutcome.Reverted(String why) -> RevertReason.of(why);
                });
    }

    private interface Question {
        Object ask() throws ChainUnavailable;
    }

    @Provide
    Arbitrary<String> damaged() {
        return DamagedJson.of(ANSWERS);
    }
}
