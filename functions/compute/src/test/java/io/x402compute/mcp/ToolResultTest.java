package io.x402compute.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.SettlementResponse;
import io.x402compute.x402.protocol.WireJson;

class ToolResultTest {
    private static final String PAYER = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf";
    private static final SettlementResponse SETTLED = SettlementResponse.settled("0x01", Network.BASE, PAYER);
    private static final ObjectNode PAYMENT_REQUIRED = Json.object().put("x402Version", 2).put("error",
            "Payment required");

    private final Agents agent = new Agents();
    private JsonNode result = Json.object();

    /** Clients of older versions read the text alone. */
    @AfterEach
    void textIsTheSameAsTheObject() {
        assertThat(result.path("content")).hasSize(1);
        assertThat(Json.readOwn(result.at("/content/0/text").textValue())).isEqualTo(result.path("structuredContent"));
        assertThat(result.at("/content/0/type").textValue()).isEqualTo("text");
    }

    @Test
    void whatIsDeliveredComesWithItsReceipt() {
        result = called(receipt(ApiResponse.of(201, bought()), SETTLED), 2);

        assertThat(result.path("isError").booleanValue()).isFalse();
        assertThat(result.path("structuredContent")).isEqualTo(bought());
        assertThat(receipt().path("success").booleanValue()).isTrue();
        assertThat(receipt().path("network").textValue()).isEqualTo("eip155:8453");
        assertThat(agent.reported()).containsExactly("provision_instance 201 request-1");
    }

    @Test
    void receiptIsInTheWordsOfThePayment() {
        result = called(receipt(ApiResponse.of(201, bought()), SETTLED), 1);

        assertThat(receipt().path("network").textValue()).isEqualTo("base");
    }

    @Test
    void whatCostsNothingHasNoReceipt() {
        result = called(ApiResponse.ok(Json.object().put("count", 0)), 0);

        assertThat(result.has("_meta")).isFalse();
        assertThat(result.path("isError").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 412})
    void whatIsToBePaidIsTheOffersOfVersion2AndNothingElse(int status) {
        result = called(ApiResponse.of(status, Json.object().put("x402Version", 1).put("code", "payment_required"))
                .withHeader("PAYMENT-REQUIRED", WireJson.headerText(PAYMENT_REQUIRED)), 0);

        assertThat(result.path("isError").booleanValue()).isTrue();
        assertThat(result.path("structuredContent")).isEqualTo(PAYMENT_REQUIRED);
    }

    @Test
    void whoPaysInVersion1OrWhereThereIsNoOtherIsAskedInVersion1() {
        ApiResponse asked = ApiResponse.of(402, Json.object().put("x402Version", 1));

        result = called(asked.withHeader("PAYMENT-REQUIRED", WireJson.headerText(PAYMENT_REQUIRED)), 1);
        assertThat(result.at("/structuredContent/x402Version").intValue()).isEqualTo(1);
        result = called(asked, 0);
        assertThat(result.at("/structuredContent/x402Version").intValue()).isEqualTo(1);
    }

    @Test
    void refusedSettlementIsToldWithNewOffers() {
        result = called(receipt(ApiResponse.of(402, Json.object())
                .withHeader("PAYMENT-REQUIRED", WireJson.headerText(PAYMENT_REQUIRED)),
                SettlementResponse.failed("insufficient_funds", "", Network.BASE, PAYER)), 2);

        assertThat(result.path("isError").booleanValue()).isTrue();
        assertThat(result.path("structuredContent")).isEqualTo(PAYMENT_REQUIRED);
        assertThat(receipt().path("errorReason").textValue()).isEqualTo("insufficient_funds");
    }

    /** Whoever saw offers would sign a second payment. */
    @Test
    void whatIsBoughtIsWithheldWhileItIsNotKnownWhetherTheMoneyMoves() {
        ApiResponse pending = ApiResponse.of(202, bought().put("status", "pending")).withHeader("Retry-After", "5");

        result = called(receipt(pending, SettlementResponse.failed(Reasons.SETTLEMENT_PENDING, "0x01", Network.BASE,
                PAYER)), 2);

        assertThat(result.path("isError").booleanValue()).isTrue();
        assertThat(result.path("structuredContent").propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("status", "order_id", "tx_hash", "retry_after");
        assertThat(result.at("/structuredContent/retry_after").intValue()).isEqualTo(5);
        assertThat(receipt().path("errorReason").textValue()).isEqualTo("settlement_pending");
    }

    /** Paid first and done later: nothing is held back. */
    @Test
    void whatIsAcceptedAndPaidIsNotWithheld() {
        ObjectNode job = Json.object().put("job_id", "j").put("status", "pending").put("status_url", "/status/j");

        result = called(receipt(ApiResponse.of(202, job), SETTLED).withHeader("Retry-After", "2"), 2);

        assertThat(result.path("isError").booleanValue()).isFalse();
        assertThat(result.path("structuredContent")).isEqualTo(job.put("retry_after", 2));
    }

    @Test
    void whatIsGivenBackIsAnErrorWithTheReceiptOfWhatWasTaken() {
        ObjectNode givenBack = Json.object().put("error", "sold out").put("code", "no_capacity");

        result = called(receipt(ApiResponse.of(503, givenBack), SETTLED), 2);

        assertThat(result.path("isError").booleanValue()).isTrue();
        assertThat(result.path("structuredContent")).isEqualTo(givenBack);
        assertThat(receipt().path("success").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"400, false", "404, false", "429, true", "503, true"})
    void errorsAreOursWithTheTimeToWait(int status, boolean isPassing) {
        result = called(new ApiException(status, "some_code", "Some text").response("request-1"), 0);

        assertThat(result.path("isError").booleanValue()).isTrue();
        assertThat(result.at("/structuredContent/error").textValue()).isEqualTo("Some text");
        assertThat(result.at("/structuredContent/code").textValue()).isEqualTo("some_code");
        assertThat(result.at("/structuredContent/request_id").textValue()).isEqualTo("request-1");
        assertThat(result.path("structuredContent").has("retry_after")).isEqualTo(isPassing);
    }

    @Test
    void whoIsNotKnownIsToldWhatToSign() {
        ObjectNode challenge = Json.object().put("x402Version", 2);
        challenge.putArray("accepts");
        challenge.putObject("extensions").putObject("sign-in-with-x").putObject("info").put("nonce", "n");

        result = called(ApiException.unauthorized("missing_auth", "Missing auth headers")
                .withHeader("PAYMENT-REQUIRED", WireJson.headerText(challenge)).response("r"), 0);

        assertThat(result.at("/structuredContent/code").textValue()).isEqualTo("missing_auth");
        assertThat(result.at("/structuredContent/sign_in/info/nonce").textValue()).isEqualTo("n");
        assertThat(result.path("structuredContent").has("accepts")).isFalse();
    }

    /** @param version of the payment; 0 for none */
    private JsonNode called(ApiResponse answer, int version) {
        ObjectNode meta = Json.object();
        if (version > 0) {
            meta.putObject("x402/payment").put("x402Version", version);
        }
        return agent.answering(answer).call("provision_instance", Json.object(), meta);
    }

    private JsonNode receipt() {
        return result.path("_meta").path("x402/payment-response");
    }

    private static ObjectNode bought() {
        ObjectNode body = Json.object().put("success", true).put("order_id", "o").put("tx_hash", "0x01");
        body.putObject("instance").put("id", "i");
        return body;
    }

    private static ApiResponse receipt(ApiResponse answer, SettlementResponse settlement) {
        return answer.withHeader("PAYMENT-RESPONSE", settlement.header(2)).withHeader("X-PAYMENT-RESPONSE",
                settlement.header(1));
    }
}
