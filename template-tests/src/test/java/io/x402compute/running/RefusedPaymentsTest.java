package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.local.client.Answer;
import io.x402compute.x402.protocol.ReceivedOffer;
import io.x402compute.x402.protocol.ReceivedOffers;
import io.x402compute.x402.protocol.WireJson;

/** A payment that is not right is answered with offer and reason, and changes nothing. */
class RefusedPaymentsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final ObjectNode BODY = MachineRequest.body();

    private static Agent customer;
    private static Quote quote;
    private static World before;

    @BeforeAll
    static void quote() {
        customer = running.agent(1);
        quote = Quote.of(customer, running.agent(2), BODY, running.now());
        before = running.world();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgedPayments")
    void aForgedPaymentIsRefusedWithItsReason(ForgedPayment forged) {
        String header = forged.text().apply(quote);

        Answer answer = customer.post(PROVISION, BODY, Map.of(forged.header(), header));

        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.body().path("error").textValue()).isEqualTo(forged.reason());
        assertThat(answer.body().path("code").textValue()).isEqualTo("payment_required");
        assertThat(answer.body().path("request_id").textValue()).isNotBlank();
        assertOffered(answer, forged.reason());
        assertThat(running.world()).isEqualTo(before);
    }

    static Stream<ForgedPayment> forgedPayments() {
        return ForgedPayments.all();
    }

    @Test
    void aRightPaymentForABadRequestIsNotTaken() {
        ObjectNode bad = BODY.deepCopy().put("prepaid_hours", 23);

        Answer answer = customer.pay(PROVISION, bad, quote.draft().payment());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(running.world()).isEqualTo(before);
    }

    private static void assertOffered(Answer answer, String reason) {
        String header = answer.headers().firstValue("PAYMENT-REQUIRED").orElseThrow();
        JsonNode required = WireJson.parseHeader(header).orElseThrow();
        assertThat(required.path("error").textValue()).isEqualTo(reason);
        List<ReceivedOffer> offers = ReceivedOffers.inHeader(header);
        assertThat(offers).containsExactly(quote.offer());
        assertThat(answer.body().path("accepts")).containsExactly(quote.offerV1().asSent());
    }
}
