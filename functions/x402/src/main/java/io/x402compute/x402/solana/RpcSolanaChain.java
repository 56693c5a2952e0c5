package io.x402compute.x402.solana;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.node.JsonRpc;
import io.x402compute.x402.node.NodeAnswer;
import io.x402compute.x402.node.NodeUnavailable;

/** A Solana network behind a node's JSON-RPC. */
public final class RpcSolanaChain implements SolanaChain {
    private static final String BASE64 = "base64";
    private static final String COMMITMENT = "commitment";
    private static final String BLOCKHASH_NOT_FOUND = "BlockhashNotFound";
    private static final int MAX_REASON = 200;

    private final JsonRpc rpc;

    /**
     * @param node where the node is; may hold an access key and never appears in a message
     * @param requestTimeout for one whole question
     */
    public RpcSolanaChain(URI node, Duration connectTimeout, Duration requestTimeout) {
        rpc = new JsonRpc(node, connectTimeout, requestTimeout);
    }

    @Override
    public String latestBlockhash() throws NodeUnavailable {
        return text(ask("getLatestBlockhash", parameters().add(at(Commitment.CONFIRMED))).path("value"), "blockhash");
    }

    @Override
    public Height height(Commitment commitment) throws NodeUnavailable {
        JsonNode epoch = ask("getEpochInfo", parameters().add(at(commitment)));
        return new Height(number(epoch, "absoluteSlot"), number(epoch, "blockHeight"));
    }

    @Override
    public boolean remembers(String blockhash, Commitment commitment) throws NodeUnavailable {
        JsonNode valid = ask("isBlockhashValid", parameters().add(blockhash).add(at(commitment))).path("value");
        if (!valid.isBoolean()) {
            throw notUnderstood();
        }
        return valid.booleanValue();
    }

    @Override
    public Simulation simulate(SolanaTransaction transaction) throws NodeUnavailable {
        ObjectNode options = at(Commitment.PROCESSED).put("encoding", BASE64).put("sigVerify", false)
                .put("replaceRecentBlockhash", false);
        return switch (rpc.ask("simulateTransaction", parameters().add(transaction.base64()).add(options))) {
            case NodeAnswer.Result(JsonNode result) -> outcome(result.path("value"));
            case NodeAnswer.Refusal refusal when isInvalidTransaction(refusal) ->
                new Simulation.Fails(shortened(refusal.message()), false);
            case NodeAnswer.Refusal refusal -> throw new NodeUnavailable(refusal.why());
            case NodeAnswer.Silence(String why) -> throw new NodeUnavailable(why);
        };
    }

    private static Simulation outcome(JsonNode value) throws NodeUnavailable {
        if (!value.has("err")) {
            throw notUnderstood();
        }
        JsonNode error = value.get("err");
        return error.isNull()
                ? new Simulation.Succeeds()
                : new Simulation.Fails(failure(value, error), error.asText().equals(BLOCKHASH_NOT_FOUND));
    }

    /** The error's name, and the last thing that the program in question logged. */
    private static String failure(JsonNode value, JsonNode error) {
        JsonNode logs = value.path("logs");
        String last = logs.isEmpty() ? "" : ": " + logs.path(logs.size() - 1).asText();
        return shortened((error.isTextual() ? error.textValue() : error.toString()) + last);
    }

    @Override
    public Sending send(SolanaTransaction transaction) throws NodeUnavailable {
        ObjectNode options = JsonNodeFactory.instance.objectNode().put("encoding", BASE64).put("skipPreflight", true)
                .put("maxRetries", 0);
        return switch (rpc.ask("sendTransaction", parameters().add(transaction.base64()).add(options))) {
            case NodeAnswer.Result result -> new Sending.Accepted();
            case NodeAnswer.Refusal refusal -> new Sending.Refused(shortened(refusal.message()));
            case NodeAnswer.Silence(String why) -> throw new NodeUnavailable(why);
        };
    }

    @Override
    public Status status(String transaction) throws NodeUnavailable {
        ArrayNode parameters = parameters();
        parameters.addArray().add(transaction);
        parameters.addObject().put("searchTransactionHistory", true);
        JsonNode statuses = ask("getSignatureStatuses", parameters);
        JsonNode status = statuses.path("value").path(0);
        if (status.isMissingNode()) {
            throw notUnderstood();
        }
        return new Status(number(statuses.path("context"), "slot"),
                status.isNull() ? Optional.empty() : Optional.of(execution(status)));
    }

    private static Execution execution(JsonNode status) throws NodeUnavailable {
        return new Execution(commitment(status.path("confirmationStatus")), error(status.path("err")));
    }

    private static Optional<String> error(JsonNode error) {
        return error.isNull() || error.isMissingNode()
                ? Optional.empty()
                : Optional.of(shortened(error.isTextual() ? error.textValue() : error.toString()));
    }

    @Override
    public Optional<Confirmed> confirmed(String transaction) throws NodeUnavailable {
        JsonNode found = ask("getTransaction", parameters().add(transaction)
                .add(at(Commitment.CONFIRMED).put("encoding", BASE64).put("maxSupportedTransactionVersion", 0)));
        if (found.isNull()) {
            return Optional.empty();
        }
        if (!found.path("meta").has("err")) {
            throw notUnderstood();
        }
        return Optional.of(new Confirmed(bytes(found.path("transaction").path(0)), time(number(found, "blockTime")),
                error(found.path("meta").get("err"))));
    }

    private static byte[] bytes(JsonNode base64) throws NodeUnavailable {
        try {
            return Base64.getDecoder().decode(base64.asText("?"));
        } catch (IllegalArgumentException e) {
            throw notUnderstood();
        }
    }

    private static Instant time(long seconds) throws NodeUnavailable {
        try {
            return Instant.ofEpochSecond(seconds);
        } catch (DateTimeException beyondAllTime) {
            throw notUnderstood();
        }
    }

    private static Commitment commitment(JsonNode name) throws NodeUnavailable {
        for (Commitment commitment : Commitment.values()) {
            if (name(commitment).equals(name.asText())) {
                return commitment;
            }
        }
        throw notUnderstood();
    }

    @Override
    public Optional<Account> account(String address) throws NodeUnavailable {
        JsonNode value = ask("getAccountInfo",
                parameters().add(address).add(at(Commitment.CONFIRMED).put("encoding", BASE64))).path("value");
        if (value.isMissingNode()) {
            throw notUnderstood();
        }
        return value.isNull()
                ? Optional.empty()
                : Optional.of(new Account(text(value, "owner"), number(value, "lamports")));
    }

    private JsonNode ask(String method, ArrayNode parameters) throws NodeUnavailable {
        return switch (rpc.ask(method, parameters)) {
            case NodeAnswer.Result(JsonNode result) -> result;
            case NodeAnswer.Refusal refusal -> throw new NodeUnavailable(refusal.why());
            case NodeAnswer.Silence(String why) -> throw new NodeUnavailable(why);
        };
    }

    /** Invalid params, and the server errors that tell of the transaction and not of the node. */
    private static boolean isInvalidTransaction(NodeAnswer.Refusal refusal) {
        return switch (refusal.code()) {
            case -32602, -32002, -32003 -> true;
            default -> false;
        };
    }

    private static ArrayNode parameters() {
        return JsonNodeFactory.instance.arrayNode();
    }

    private static ObjectNode at(Commitment commitment) {
        return JsonNodeFactory.instance.objectNode().put(COMMITMENT, name(commitment));
    }

    private static String name(Commitment commitment) {
        return commitment.name().toLowerCase(Locale.ROOT);
    }

    private static long number(JsonNode json, String field) throws NodeUnavailable {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw notUnderstood();
        }
        return value.longValue();
    }

    private static String text(JsonNode json, String field) throws NodeUnavailable {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw notUnderstood();
        }
        return value.textValue();
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), MAX_REASON));
    }

    private static NodeUnavailable notUnderstood() {
        return new NodeUnavailable("the node's answer is not understood");
    }
}
