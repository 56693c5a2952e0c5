package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.x402.node.JsonRpc;
import io.x402compute.x402.node.NodeAnswer;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.WireJson;

/** A chain behind a node's JSON-RPC (the Ethereum execution API). */
public final class RpcEvmChain implements EvmChain {
    private static final String LATEST = "latest";
    private static final String PENDING = "pending";
    private static final int HEX_RADIX = 16;

    private final JsonRpc rpc;

    /**
     * @param node where the node is; may hold an access key and never appears in a message
     * @param requestTimeout for one whole question
     */
    public RpcEvmChain(URI node, Duration connectTimeout, Duration requestTimeout) {
        rpc = new JsonRpc(node, connectTimeout, requestTimeout);
    }

    @Override
    public long chainId() throws ChainUnavailable {
        return longNumber(ask("eth_chainId", parameters()));
    }

    @Override
    public Block latestBlock() throws ChainUnavailable {
        return block(latestHeader());
    }

    private static Block block(JsonNode header) throws ChainUnavailable {
        return new Block(longNumber(header.path("number")), time(header.path("timestamp")));
    }

    @Override
    public boolean hasCode(String address) throws ChainUnavailable {
        return hex(ask("eth_getCode", parameters().add(address).add(LATEST))).length() > 2;
    }

    @Override
    public CallOutcome call(String to, String data) throws ChainUnavailable {
        return call(transaction(to, data), LATEST);
    }

    @Override
    public CallOutcome callAt(long block, String to, String data) throws ChainUnavailable {
        return call(transaction(to, data), quantity(block));
    }

    @Override
    public CallOutcome callFrom(String from, ContractCall call) throws ChainUnavailable {
        return call(transaction(call.to(), call.data()).put("from", from), LATEST);
    }

    private CallOutcome call(ObjectNode transaction, String block) throws ChainUnavailable {
        try {
            return new CallOutcome.Returned(
                    hex(answer("eth_call", parameters().add(transaction).add(block))));
        } catch (RpcFailure failure) {
            if (failure.isRevert()) {
                return new CallOutcome.Reverted(failure.revertText());
            }
            throw failure.asUnavailable();
        }
    }

    @Override
    public GasEstimate estimateGas(String from, String to, String data) throws ChainUnavailable {
        try {
            // Left to itself a node may estimate on top of what waits to be mined, and so take a payer's transfer for used that
            // a stranger has just broadcast.
            JsonNode gas = answer("eth_estimateGas",
                    parameters().add(transaction(to, data).put("from", from)).add(LATEST));
            return new GasEstimate.Units(longNumber(gas));
        } catch (RpcFailure failure) {
            if (failure.isRevert()) {
                return new GasEstimate.Reverted(failure.revertText());
            }
            throw failure.asUnavailable();
        }
    }

    @Override
    public Fees fees() throws ChainUnavailable {
        return new Fees(number(latestHeader().path("baseFeePerGas")),
                number(ask("eth_maxPriorityFeePerGas", parameters())));
    }

    @Override
    public BigInteger balance(String address) throws ChainUnavailable {
        return number(ask("eth_getBalance", parameters().add(address).add(LATEST)));
    }

    @Override
    public long transactionCount(String address) throws ChainUnavailable {
        return count(address, PENDING);
    }

    @Override
    public long minedCount(String address) throws ChainUnavailable {
        return count(address, LATEST);
    }

    private long count(String address, String block) throws ChainUnavailable {
        return longNumber(ask("eth_getTransactionCount", parameters().add(address).add(block)));
    }

    @Override
    public Broadcast send(String signedTransaction) throws ChainUnavailable {
        try {
            answer("eth_sendRawTransaction", parameters().add(signedTransaction));
            return new Broadcast.Accepted();
        } catch (RpcFailure failure) {
            if (failure.isAlreadyKnown()) {
                return new Broadcast.AlreadyKnown();
            }
            if (failure.isUnderpriced()) {
                return new Broadcast.Underpriced();
            }
            return failure.isNumberUsed() ? new Broadcast.NumberUsed() : new Broadcast.Refused(failure.getMessage());
        }
    }

    @Override
    public Optional<Receipt> receipt(String transaction) throws ChainUnavailable {
        JsonNode receipt = ask("eth_getTransactionReceipt", parameters().add(transaction));
        // Some nodes answer with a receipt before the transaction is in a block.
        return receipt.hasNonNull("blockNumber") ? Optional.of(receipt(receipt)) : Optional.empty();
    }

    private static Receipt receipt(JsonNode receipt) throws ChainUnavailable {
        boolean succeeded = number(receipt.path("status")).equals(BigInteger.ONE);
        return new Receipt(succeeded, logs(receipt.path("logs")));
    }

    @Override
    public Optional<Mined> mined(String transaction) throws ChainUnavailable {
        JsonNode sent = ask("eth_getTransactionByHash", parameters().add(transaction));
        if (!sent.hasNonNull("blockHash")) {
            return Optional.empty();
        }
        JsonNode receipt = ask("eth_getTransactionReceipt", parameters().add(transaction));
        JsonNode header = ask("eth_getBlockByHash", parameters().add(sent.get("blockHash")).add(false));
        // It may have been taken out of its block and into another between the questions.
        if (!hex(receipt.path("blockHash")).equals(hex(sent.get("blockHash")))) {
            throw new ChainUnavailable("the node speaks of two blocks");
        }
        return Optional.of(new Mined(block(header), call(sent), receipt(receipt)));
    }

    @Override
    public Optional<ContractCall> transactionCall(String transaction) throws ChainUnavailable {
        JsonNode sent = ask("eth_getTransactionByHash", parameters().add(transaction));
        return sent.isObject()
                ? Optional.of(call(sent))
                : Optional.empty();
    }

    @Override
    public List<ContractCall> tracedCalls(String transaction) throws ChainUnavailable {
        JsonNode outermost = ask("debug_traceTransaction",
                parameters().add(transaction).add(WireJson.object().put("tracer", "callTracer")));
        if (!outermost.path("type").isTextual()) {
            throw notUnderstood();
        }
        List<ContractCall> calls = new ArrayList<>();
        collect(outermost, calls);
        return List.copyOf(calls);
    }

    /** What creates a contract goes to nobody. */
    private static ContractCall call(JsonNode made) throws ChainUnavailable {
        String data = hex(made.path("input"));
        if (!Hex.isBytes(data)) {
            throw notUnderstood();
        }
        return new ContractCall(made.path("to").asText(""), data);
    }

    /** What failed has taken all back that it had called. */
    private static void collect(JsonNode frame, List<ContractCall> calls) throws ChainUnavailable {
        if (frame.hasNonNull("error")) {
            return;
        }
        if (frame.path("type").asText().equals("CALL")) {
            calls.add(call(frame));
        }
        for (JsonNode inner : frame.path("calls")) {
            collect(inner, calls);
        }
    }

    @Override
    public List<Log> logs(String contract, List<List<String>> topics, long fromBlock, long toBlock)
            throws ChainUnavailable {
        ObjectNode filter = WireJson.object().put("address", contract).put("fromBlock", quantity(fromBlock))
                .put("toBlock", quantity(toBlock));
        ArrayNode places = filter.putArray("topics");
        for (List<String> anyOf : topics) {
            anyOf.forEach(places.addArray()::add);
        }
        return logs(ask("eth_getLogs", parameters().add(filter)));
    }

    private JsonNode latestHeader() throws ChainUnavailable {
        return ask("eth_getBlockByNumber", parameters().add(LATEST).add(false));
    }

    private JsonNode ask(String method, ArrayNode parameters) throws ChainUnavailable {
        try {
            return answer(method, parameters);
        } catch (RpcFailure failure) {
            throw failure.asUnavailable();
        }
    }

    private JsonNode answer(String method, ArrayNode parameters) throws RpcFailure, ChainUnavailable {
        return switch (rpc.ask(method, parameters)) {
            case NodeAnswer.Result(JsonNode result) -> result;
            case NodeAnswer.Refusal refusal -> throw RpcFailure.of(refusal);
            case NodeAnswer.Silence(String why) -> throw new ChainUnavailable(why);
        };
    }

    private static ArrayNode parameters() {
        return JsonNodeFactory.instance.arrayNode();
    }

    private static ObjectNode transaction(String to, String data) {
        return WireJson.object().put("to", to).put("data", data);
    }

    private static List<Log> logs(JsonNode array) throws ChainUnavailable {
        List<Log> logs = new ArrayList<>();
        for (JsonNode log : array) {
            List<String> topics = new ArrayList<>();
            for (JsonNode topic : log.path("topics")) {
                topics.add(hex(topic));
            }
            logs.add(new Log(hex(log.path("address")), List.copyOf(topics), hex(log.path("data")),
                    longNumber(log.path("logIndex")), hex(log.path("transactionHash"))));
        }
        return List.copyOf(logs);
    }

    private static String quantity(long number) {
        return "0x" + Long.toHexString(number);
    }

    private static Instant time(JsonNode seconds) throws ChainUnavailable {
        try {
            return Instant.ofEpochSecond(longNumber(seconds));
        } catch (DateTimeException beyondAllTime) {
            throw notUnderstood();
        }
    }

    private static long longNumber(JsonNode quantity) throws ChainUnavailable {
        BigInteger number = number(quantity);
        if (number.bitLength() >= Long.SIZE) {
            throw notUnderstood();
        }
        return number.longValue();
    }

    private static BigInteger number(JsonNode quantity) throws ChainUnavailable {
        String digits = hex(quantity).substring(2);
        if (digits.isEmpty()) {
            throw notUnderstood();
        }
        return new BigInteger(digits, HEX_RADIX);
    }

    private static String hex(JsonNode value) throws ChainUnavailable {
        String text = value.asText("");
        if (!text.startsWith("0x") || !text.chars().skip(2).allMatch(HexFormat::isHexDigit)) {
            throw notUnderstood();
        }
        return Hex.lowerCase(text);
    }

    private static ChainUnavailable notUnderstood() {
        return new ChainUnavailable("the node's answer is not understood");
    }
}
