package io.x402compute.x402.solana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.node.NodeDouble;
import io.x402compute.x402.node.NodeUnavailable;
import io.x402compute.x402.solana.SolanaChain.Account;
import io.x402compute.x402.solana.SolanaChain.Commitment;
import io.x402compute.x402.solana.SolanaChain.Confirmed;
import io.x402compute.x402.solana.SolanaChain.Execution;
import io.x402compute.x402.solana.SolanaChain.Height;
import io.x402compute.x402.solana.SolanaChain.Sending;
import io.x402compute.x402.solana.SolanaChain.Simulation;
import io.x402compute.x402.solana.SolanaChain.Status;

class RpcSolanaChainTest {
    private static final SolanaTransaction TRANSACTION = Vectors.payment().transaction();

    private final NodeDouble node = new NodeDouble();
    private final RpcSolanaChain chain = new RpcSolanaChain(node.url(), Duration.ofSeconds(5), Duration.ofSeconds(20));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void readsTheHeadOfTheChain() throws NodeUnavailable {
        node.answer("getLatestBlockhash", "\"result\":{\"context\":{\"slot\":7},\"value\":{\"blockhash\":\""
                + Vectors.BLOCKHASH + "\",\"lastValidBlockHeight\":3090}}");
        node.answer("getEpochInfo", "\"result\":{\"absoluteSlot\":166598,\"blockHeight\":166500,\"epoch\":27}");
        node.answer("isBlockhashValid", "\"result\":{\"context\":{\"slot\":7},\"value\":true}");
        assertThat(chain.latestBlockhash()).isEqualTo(Vectors.BLOCKHASH);
        assertThat(chain.height(Commitment.FINALIZED)).isEqualTo(new Height(166_598, 166_500));
        assertThat(chain.remembers(Vectors.BLOCKHASH, Commitment.PROCESSED)).isTrue();
        assertThat(node.questions()).extracting(question -> question.get("params").toString()).containsExactly(
                "[{\"commitment\":\"confirmed\"}]", "[{\"commitment\":\"finalized\"}]",
                "[\"" + Vectors.BLOCKHASH + "\",{\"commitment\":\"processed\"}]");
    }

    @Test
    void simulatesWithoutSignatures() throws NodeUnavailable {
        node.answer("simulateTransaction",
                "\"result\":{\"context\":{\"slot\":7},\"value\":{\"err\":null,\"logs\":[]}}");
        assertThat(chain.simulate(TRANSACTION)).isEqualTo(new Simulation.Succeeds());
        assertThat(node.questions().get(0).get("params").toString()).isEqualTo(("[\"%s\",{\"commitment\":\"processed\","
                + "\"encoding\":\"base64\",\"sigVerify\":false,\"replaceRecentBlockhash\":false}]")
                .formatted(Vectors.TRANSACTION));
    }

    @Test
    void tellsWhyATransactionWouldFail() throws NodeUnavailable {
        node.answer("simulateTransaction", "\"result\":{\"value\":{\"err\":{\"InstructionError\":[2,{\"Custom\":1}]},"
                + "\"logs\":[\"Program log: start\",\"Program log: Error: insufficient funds\"]}}");
        assertThat(chain.simulate(TRANSACTION)).isEqualTo(new Simulation.Fails(
                "{\"InstructionError\":[2,{\"Custom\":1}]}: Program log: Error: insufficient funds", false));
        node.answer("simulateTransaction", "\"result\":{\"value\":{\"err\":\"BlockhashNotFound\",\"logs\":[]}}");
        assertThat(chain.simulate(TRANSACTION)).isEqualTo(new Simulation.Fails("BlockhashNotFound", true));
        node.answer("simulateTransaction", "\"error\":{\"code\":-32602,\"message\":\"invalid transaction\"}");
        assertThat(chain.simulate(TRANSACTION)).isEqualTo(new Simulation.Fails("invalid transaction", false));
    }

    @Test
    void handsInWithoutTheNodesOwnChecks() throws NodeUnavailable {
        node.answer("sendTransaction", "\"result\":\"" + Vectors.TRANSACTION_ID + "\"");
        assertThat(chain.send(TRANSACTION)).isEqualTo(new Sending.Accepted());
        assertThat(node.questions().get(0).get("params").get(1).toString())
                .isEqualTo("{\"encoding\":\"base64\",\"skipPreflight\":true,\"maxRetries\":0}");
        node.answer("sendTransaction", "\"error\":{\"code\":-32005,\"message\":\"Node is behind\"}");
        assertThat(chain.send(TRANSACTION)).isEqualTo(new Sending.Refused("Node is behind"));
    }

    @Test
    void readsWhatBecameOfATransaction() throws NodeUnavailable {
        node.answer("getSignatureStatuses", "\"result\":{\"context\":{\"slot\":82},\"value\":[null]}");
        assertThat(chain.status(Vectors.TRANSACTION_ID)).isEqualTo(new Status(82, Optional.empty()));
        node.answer("getSignatureStatuses", "\"result\":{\"context\":{\"slot\":82},\"value\":[{\"slot\":48,"
                + "\"confirmations\":null,\"err\":null,\"confirmationStatus\":\"finalized\"}]}");
        assertThat(chain.status(Vectors.TRANSACTION_ID)).isEqualTo(
                new Status(82, Optional.of(new Execution(Commitment.FINALIZED, Optional.empty()))));
        node.answer("getSignatureStatuses", "\"result\":{\"context\":{\"slot\":82},\"value\":[{\"slot\":48,\"err\":"
                + "{\"InstructionError\":[0,\"InvalidAccountData\"]},\"confirmationStatus\":\"processed\"}]}");
        assertThat(chain.status(Vectors.TRANSACTION_ID).execution().orElseThrow()).isEqualTo(new Execution(
                Commitment.PROCESSED, Optional.of("{\"InstructionError\":[0,\"InvalidAccountData\"]}")));
        assertThat(node.questions().get(0).get("params").toString())
                .isEqualTo("[[\"%s\"],{\"searchTransactionHistory\":true}]".formatted(Vectors.TRANSACTION_ID));
    }

    @Test
    void readsAConfirmedTransaction() throws NodeUnavailable {
        node.answer("getTransaction", "\"result\":null");
        assertThat(chain.confirmed(Vectors.TRANSACTION_ID)).isEmpty();
        String transaction = "\"transaction\":[\"" + Vectors.TRANSACTION + "\",\"base64\"]}";
        node.answer("getTransaction",
                "\"result\":{\"slot\":48,\"blockTime\":1760000000,\"meta\":{\"err\":null}," + transaction);
        Confirmed confirmed = chain.confirmed(Vectors.TRANSACTION_ID).orElseThrow();
        assertThat(confirmed.wire()).isEqualTo(Vectors.wire());
        assertThat(confirmed.time()).isEqualTo(Instant.ofEpochSecond(1_760_000_000));
        assertThat(confirmed.error()).isEmpty();
        assertThat(node.questions().get(0).get("params").toString()).isEqualTo(("[\"%s\",{\"commitment\":\"confirmed\","
                + "\"encoding\":\"base64\",\"maxSupportedTransactionVersion\":0}]").formatted(Vectors.TRANSACTION_ID));

        node.answer("getTransaction",
                "\"result\":{\"slot\":48,\"blockTime\":null,\"meta\":{\"err\":null}," + transaction);
        assertThatThrownBy(() -> chain.confirmed(Vectors.TRANSACTION_ID)).as("whose time the node does not know")
                .isInstanceOf(NodeUnavailable.class);
    }

    @Test
    void readsAccounts() throws NodeUnavailable {
        node.answer("getAccountInfo", "\"result\":{\"context\":{\"slot\":82},\"value\":null}");
        assertThat(chain.account(Vectors.PAY_TO_ACCOUNT)).isEmpty();
        node.answer("getAccountInfo", "\"result\":{\"value\":{\"owner\":\"" + Programs.TOKEN
                + "\",\"lamports\":2039280,\"data\":[\"\",\"base64\"]}}");
        assertThat(chain.account(Vectors.PAY_TO_ACCOUNT)).contains(new Account(Programs.TOKEN, 2_039_280));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"result\":null", "\"result\":{}", "\"result\":7", "\"result\":{\"value\":{}}",
        "\"result\":{\"context\":{},\"value\":[]}", "\"result\":{\"value\":[{\"confirmationStatus\":\"sure\"}]}",
        "\"error\":{\"code\":-32005,\"message\":\"Node is behind by 200 slots\"}"})
    void anAnswerThatIsNotUnderstoodIsNone(String members) {
        for (String method : new String[]{"getLatestBlockhash", "getEpochInfo", "isBlockhashValid",
            "simulateTransaction", "getSignatureStatuses", "getAccountInfo"}) {
            node.answer(method, members);
        }
        assertThatThrownBy(chain::latestBlockhash).isInstanceOf(NodeUnavailable.class);
        assertThatThrownBy(() -> chain.height(Commitment.CONFIRMED)).isInstanceOf(NodeUnavailable.class);
        assertThatThrownBy(() -> chain.remembers(Vectors.BLOCKHASH, Commitment.CONFIRMED))
                .isInstanceOf(NodeUnavailable.class);
        assertThatThrownBy(() -> chain.simulate(TRANSACTION)).isInstanceOf(NodeUnavailable.class);
        assertThatThrownBy(() -> chain.status(Vectors.TRANSACTION_ID)).isInstanceOf(NodeUnavailable.class);
        assertThatThrownBy(() -> chain.account(Vectors.PAY_TO)).isInstanceOf(NodeUnavailable.class);
    }

    @Test
    void aSilentNodeIsNotNamed() {
        node.close();
        assertThatThrownBy(() -> chain.send(TRANSACTION)).isInstanceOf(NodeUnavailable.class)
                .hasMessageNotContaining("secret");
    }
}
