package io.x402compute.x402.solana;

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
import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.protocol.DamagedJson;
import io.x402compute.x402.protocol.WireJson;
import io.x402compute.x402.solana.SolanaChain.Commitment;

/** A node may say anything: it is an answer, or none. */
class AnyNodeAnswerTest {
    private static final Map<String, String> GOOD = Map.of(
            "getLatestBlockhash", "{'context':{'slot':7},'value':{'blockhash':'x','lastValidBlockHeight':3090}}",
            "getEpochInfo", "{'absoluteSlot':166598,'blockHeight':166500,'epoch':27}",
            "isBlockhashValid", "{'context':{'slot':7},'value':true}",
            "simulateTransaction", "{'value':{'err':{'InstructionError':[2,{'Custom':1}]},'logs':['one','two']}}",
            "getSignatureStatuses",
            "{'context':{'slot':82},'value':[{'slot':48,'err':null,'confirmationStatus':'finalized'}]}",
            "getTransaction", "{'slot':82,'blockTime':1760000000,'meta':{'err':null},'transaction':['AA==','base64']}",
            "getAccountInfo", "{'value':{'owner':'x','lamports':2039280,'data':['','base64']}}");
    private static final List<ObjectNode> ANSWERS = GOOD.values().stream()
            .map(result -> "{'jsonrpc':'2.0','id':1,'result':" + result + "}")
            .map(json -> WireJson.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).orElseThrow())
            .toList();

    @Property(tries = 100)
    void aDamagedAnswerIsAnAnswerOrNone(@ForAll("damaged") String answer) {
        try (NodeDouble node = new NodeDouble()) {
            Stream.concat(GOOD.keySet().stream(), Stream.of("sendTransaction"))
                    .forEach(method -> node.answerText(method, answer));
            SolanaChain chain = new RpcSolanaChain(node.url(), Duration.ofSeconds(5), Duration.ofSeconds(20));
            for (Question question : questions(chain)) {
                try {
                    assertThat(question.ask()).isNotNull();
                } catch (NodeUnavailable none) {
                    assertThat(none).hasMessageNotContaining(node.url().toString());
                }
            }
        }
    }

    private static List<Question> questions(SolanaChain chain) {
        SolanaTransaction transaction = Vectors.payment().transaction();
        return List.of(chain::latestBlockhash, () -> chain.height(Commitment.CONFIRMED),
                () -> chain.remembers(Vectors.BLOCKHASH, Commitment.CONFIRMED), () -> chain.simulate(transaction),
                () -> chain.send(transaction), () -> chain.status(Vectors.TRANSACTION_ID),
                () -> chain.confirmed(Vectors.TRANSACTION_ID), () -> chain.account(Vectors.PAY_TO_ACCOUNT));
    }

    private interface Question {
        Object ask() throws NodeUnavailable;
    }

    @Provide
    Arbitrary<String> damaged() {
        return DamagedJson.of(ANSWERS);
    }
}
