package io.x402compute.x402.evm;

import java.util.Locale;
import java.util.regex.Pattern;

import io.x402compute.x402.node.NodeAnswer;

/** A node's refusal to do what it was asked, as JSON-RPC's {@code error}. Nodes differ in codes, less so in words. */
final class RpcFailure extends Exception {
    private static final long serialVersionUID = 1;
    private static final int EXECUTION_REVERTED = 3;
    private static final Pattern EXECUTION_FAILED = Pattern
            .compile("revert|invalid opcode|out of gas|stack (under|over)flow|invalid jump|evm error");
    private static final Pattern ALREADY_KNOWN = Pattern.compile("already ?known|already imported|known transaction");
    private static final Pattern NUMBER_USED = Pattern.compile("nonce (is )?too low|old ?nonce");

    private static final Pattern UNDERPRICED = Pattern
            .compile("replacement.{0,20}(underpriced|not ?allowed)|could not replace");

    private final int code;
    private final String returnData;

    private RpcFailure(String message, int code, String returnData) {
        super(message);
        this.code = code;
        this.returnData = returnData;
    }

    static RpcFailure of(NodeAnswer.Refusal refusal) {
        return new RpcFailure(refusal.message(), refusal.code(), refusal.data().asText(""));
    }

    /** True when the contract failed, false when the node did. */
    boolean isRevert() {
        return code == EXECUTION_REVERTED || returnData.startsWith(Abi.ERROR_SELECTOR) || says(EXECUTION_FAILED);
    }

    /** What the contract said, or what the node says of it. */
    String revertText() {
        return Abi.revertText(returnData).orElse(getMessage());
    }

    boolean isAlreadyKnown() {
        return says(ALREADY_KNOWN);
    }

    boolean isNumberUsed() {
        return says(NUMBER_USED);
    }

    boolean isUnderpriced() {
        return says(UNDERPRICED);
    }

    ChainUnavailable asUnavailable() {
        return new ChainUnavailable("the node answered " + code + ": " + getMessage());
    }

    private boolean says(Pattern words) {
        return words.matcher(getMessage().toLowerCase(Locale.ROOT)).find();
    }
}
