package io.x402compute.mcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.x402.extension.SignInChallenge;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.WireJson;

/** What a route answers, as the result of a tool: what stands in headers there is in the object, or in {@code _meta}, here. */
final class ToolResult {
    /** Of {@code _meta}: what came of a payment. */
    static final String RECEIPT = "x402/payment-response";

    private final ApiResponse answer;
    private final boolean isVersion1;

    private ToolResult(ApiResponse answer, boolean isVersion1) {
        this.answer = answer;
        this.isVersion1 = isVersion1;
    }

    /** @param isVersion1 whether the call was paid in the words of version 1 */
    static CallToolResult of(ApiResponse answer, boolean isVersion1) {
        return new ToolResult(answer, isVersion1).render();
    }

    private CallToolResult render() {
        Optional<ObjectNode> receipt = header(isVersion1
                ? PaymentHeaders.X_PAYMENT_RESPONSE
                : PaymentHeaders.PAYMENT_RESPONSE);
        boolean isUnsettled = receipt.filter(settled -> !settled.path("success").asBoolean()).isPresent();
        ObjectNode content = content(isUnsettled);
        CallToolResult.Builder result = CallToolResult
                .builder(List.of(TextContent.builder(Json.write(content)).build()))
                .structuredContent(content)
                .isError(answer.status() >= 400 || isUnsettled);
        receipt.ifPresent(settled -> result.meta(Map.of(RECEIPT, settled)));
        return result.build();
    }

    private ObjectNode content(boolean isUnsettled) {
        return switch (answer.status()) {
            case 402, 412 -> challenge();
            case 401 -> signIn();
            default -> isUnsettled ? pending() : waiting(answer.body().deepCopy());
        };
    }

    /** A client takes whatever has offers for something to be paid, and this is all of it. */
    private ObjectNode challenge() {
        return isVersion1 ? answer.body() : header(PaymentHeaders.PAYMENT_REQUIRED).orElseGet(answer::body);
    }

    /** Nothing of what is being bought before the money is here; and no offers, for it may have moved. */
    private ObjectNode pending() {
        ObjectNode content = answer.body().deepCopy();
        return waiting(content.retain("status", "order_id", "tx_hash"));
    }

    /** With what a wallet can sign instead. */
    private ObjectNode signIn() {
        ObjectNode content = answer.body().deepCopy();
        header(PaymentHeaders.PAYMENT_REQUIRED).map(challenge -> challenge.path("extensions").path(SignInChallenge.KEY))
                .ifPresent(challenge -> content.set("sign_in", challenge));
        return content;
    }

    private ObjectNode waiting(ObjectNode content) {
        Optional.ofNullable(answer.headers().get(ApiException.RETRY_AFTER))
                .ifPresent(seconds -> content.put("retry_after", Integer.parseInt(seconds)));
        return content;
    }

    private Optional<ObjectNode> header(String name) {
        return Optional.ofNullable(answer.headers().get(name)).flatMap(WireJson::parseHeader);
    }
}
