package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.chain.LocalEvm;
import io.x402compute.local.client.Answer;

/** Runs that are paid by a transfer of which only the transaction is shown, where the operator takes that. */
class ShownTransfersTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.with("HashProofs", "on");

    private static final String RUN = "/v1/run";
    private static final int PAYER = 1;

    private final Agent agent = running.agent(PAYER);

    @Test
    void aTransferOfTheAmountThatIsAskedBuysARunOnce() {
        ObjectNode wanted = image("a cat");
        long before = estimated(wanted);
        JsonNode asked = asked(wanted);
        assertThat(List.of(before, estimated(wanted))).as("what the estimate said").contains(micros(asked));

        String transaction = transfer(asked.get("address").textValue(), micros(asked));
        deepen();
        Answer bought = show(wanted, transaction);
        Answer again = show(wanted, transaction);

        assertThat(bought.status()).as(bought.body().toString()).isEqualTo(200);
        assertThat(bought.body().path("tx_hash").textValue()).isEqualTo(transaction);
        assertThat(bought.body().path("url").textValue()).isNotEmpty();
        assertThat(again.body().path("job_id")).isEqualTo(bought.body().path("job_id"));
        assertThat(show(image("a dog"), transaction).status()).as("for something else").isEqualTo(409);
    }

    @Test
    void whoeverSeesATransferBuysNothingElseWithIt() {
        JsonNode asked = asked(image("a horse"));
        String transaction = transfer(asked.get("address").textValue(), micros(asked));
        deepen();

        Answer stolen = show(image("a horse of my own"), transaction);

        assertThat(stolen.status()).isEqualTo(402);
        assertThat(stolen.body().path("error").textValue()).isEqualTo("proof_wrong_amount");
        assertThat(show(image("a horse"), transaction).status()).isEqualTo(200);
    }

    @Test
    void whatIsNoTransferToTheOperatorIsRefusedWithTheReason() {
        long amount = micros(asked(image("a bird")));
        String elsewhere = transfer(running.chain().address(3), amount);
        deepen();

        assertThat(show(image("a bird"), elsewhere).body().path("error").textValue())
                .isEqualTo("proof_wrong_recipient");
        assertThat(show(image("a bird"), "0x" + "ab".repeat(32)).body().path("code").textValue())
                .isEqualTo("payment_unconfirmed");
    }

    private Answer show(ObjectNode wanted, String transaction) {
        return agent.post(RUN, wanted,
                Map.of("X-Payment-Proof", "{\"tx_hash\": \"%s\", \"chain\": \"base\"}".formatted(transaction)));
    }

    private JsonNode asked(ObjectNode wanted) {
        return Json.readOwn(agent.post(RUN, wanted, Map.of()).headers().firstValue("X-Payment-Required").orElseThrow());
    }

    private long estimated(ObjectNode wanted) {
        String input = URLEncoder.encode(Json.write(wanted.get("input")), StandardCharsets.UTF_8);
        return Long.parseLong(agent.send("GET", "/catalog/estimate?service=image-4090&input=" + input, Map.of(),
                new byte[0]).body().path("amount").textValue());
    }

    private static long micros(JsonNode required) {
        return new BigDecimal(required.get("amount").textValue()).movePointRight(6).longValueExact();
    }

    /** Three blocks, counting that of the transfer. */
    private static void deepen() {
        running.chain().mine();
        running.chain().mine();
    }

    private static String transfer(String to, long micros) {
        return running.chain().callAs(PAYER, LocalEvm.USDC, "0xa9059cbb" + "0".repeat(24)
                + to.substring(2).toLowerCase(Locale.ROOT) + "%064x".formatted(micros));
    }

    private static ObjectNode image(String prompt) {
        ObjectNode body = Json.object().put("service", "image-4090");
        body.putObject("input").put("prompt", prompt);
        return body;
    }
}
