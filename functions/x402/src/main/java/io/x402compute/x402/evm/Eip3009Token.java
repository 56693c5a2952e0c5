package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.evm.EvmChain.Log;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.SchemePayload;

/** The functions and events of a token with EIP-3009 transfers, as USDC's contract (FiatToken 2.2) has them. */
public final class Eip3009Token {
    public static final String AUTHORIZATION_USED = topic("AuthorizationUsed(address,bytes32)");
    public static final String AUTHORIZATION_CANCELED = topic("AuthorizationCanceled(address,bytes32)");
    private static final String TRANSFER = topic("Transfer(address,address,uint256)");
    private static final String BY_BYTES = "(address,address,uint256,uint256,uint256,bytes32,bytes)";
    private static final String BY_PARTS = "(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)";
    private static final String TRANSFER_BY_PARTS = Abi.selector("transferWithAuthorization" + BY_PARTS);
    private static final int PARTS = 9;
    private static final Set<String> TRANSFERS = Set.of(Abi.selector("transfer(address,uint256)"), TRANSFER_BY_PARTS,
            Abi.selector("transferWithAuthorization" + BY_BYTES), Abi.selector("receiveWithAuthorization" + BY_PARTS),
            Abi.selector("receiveWithAuthorization" + BY_BYTES));
    private static final int SELECTOR_DIGITS = 10;
    private static final int TOPIC_PADDING = 26;

    private Eip3009Token() {}

    /**
     * The call that carries a payment out: with v, r and s for a signature of 65 bytes, else with its bytes.
     *
     * @return {@code 0x} and hex
     */
    public static String transfer(SchemePayload.Eip3009 signed) {
        byte[] signature = Erc6492.unwrapped(Hex.bytes(signed.signature()));
        return signature.length == EcdsaSignature.LENGTH
                ? transferByParts(signed.authorization(), signature)
                : transferByBytes(signed.authorization(), signature);
    }

    /** Every verification has it simulated, so it is written down without a detour. */
    private static String transferByParts(Eip3009Authorization transfer, byte[] signature) {
        byte[] arguments = new Words(PARTS).address(transfer.from()).address(transfer.to()).uint(transfer.value())
                .uint(transfer.validAfter()).uint(transfer.validBefore()).bytes32(transfer.nonce())
                .uint(Byte.toUnsignedInt(signature[EcdsaSignature.COMPACT_LENGTH]))
                .bytes32(Arrays.copyOf(signature, Words.WORD))
                .bytes32(Arrays.copyOfRange(signature, Words.WORD, EcdsaSignature.COMPACT_LENGTH)).toBytes();
        return TRANSFER_BY_PARTS + HexFormat.of().formatHex(arguments);
    }

    private static String transferByBytes(Eip3009Authorization transfer, byte[] signature) {
        return Abi.call("transferWithAuthorization", new Address(transfer.from()), new Address(transfer.to()),
                new Uint256(transfer.value()), new Uint256(transfer.validAfter()), new Uint256(transfer.validBefore()),
                bytes32(transfer.nonce()), new DynamicBytes(signature));
    }

    public static String authorizationState(Eip3009Authorization transfer) {
        return Abi.call("authorizationState", new Address(transfer.from()), bytes32(transfer.nonce()));
    }

    static String balanceOf(String account) {
        return Abi.call("balanceOf", new Address(account));
    }

    static String name() {
        return Abi.call("name");
    }

    static String version() {
        return Abi.call("version");
    }

    static String domainSeparator() {
        return Abi.call("DOMAIN_SEPARATOR");
    }

    /** Has that authorization been used or cancelled? Empty when the contract does not say. */
    public static Optional<Boolean> isSpent(CallOutcome authorizationState) {
        return switch (authorizationState) {
            case CallOutcome.Returned(String data) -> Abi.number(data).map(flag -> flag.signum() != 0);
            case CallOutcome.Reverted reverted -> Optional.empty();
        };
    }

    /** Is this the event of exactly that transfer, told by the token itself? */
    public static boolean isTransfer(Log log, String token, Eip3009Authorization transfer) {
        return isTransfer(log, token, transfer.from(), transfer.to(), transfer.value());
    }

    /** Is this the event of a transfer of that amount from one to the other, told by the token itself? */
    public static boolean isTransfer(Log log, String token, String from, String to, BigInteger value) {
        return isAnyTransfer(log, token)
                && log.topics().equals(List.of(TRANSFER, topicOf(from), topicOf(to)))
                && Abi.number(log.data()).filter(value::equals).isPresent();
    }

    /** How much a transfer's event says that it moved. */
    public static Optional<BigInteger> amount(Log transfer) {
        return Abi.number(transfer.data());
    }

    /** What to look for transfers from one to the other by. */
    public static List<List<String>> transferTopics(String from, String to) {
        return List.of(List.of(TRANSFER), List.of(topicOf(from)), List.of(topicOf(to)));
    }

    public static boolean isAnyTransfer(Log log, String token) {
        return log.contract().equalsIgnoreCase(token) && !log.topics().isEmpty()
                && log.topics().get(0).equals(TRANSFER);
    }

    /** Whether that is a call of the token to do one transfer of its caller's or its signer's, and nothing else. */
    public static boolean isPlainTransfer(ContractCall call, String token) {
        return call.to().equalsIgnoreCase(token) && call.data().length() >= SELECTOR_DIGITS
                && TRANSFERS.contains(call.data().substring(0, SELECTOR_DIGITS));
    }

    /** Whether that is the token's own word that an authorization was carried out. */
    public static boolean isAuthorizationUsed(Log log, String token) {
        return log.contract().equalsIgnoreCase(token) && log.topics().size() == 3
                && log.topics().get(0).equals(AUTHORIZATION_USED);
    }

    /** The address that an indexed value of an event is. */
    public static String addressIn(String topic) {
        return "0x" + topic.substring(TOPIC_PADDING);
    }

    /** An address as an indexed value of an event. */
    public static String topicOf(String address) {
        return Hex.of(new Words(1).address(address).toBytes());
    }

    private static String topic(String event) {
        return Hex.of(Keccak.hash(event));
    }

    private static Bytes32 bytes32(String hex) {
        return new Bytes32(Hex.bytes(hex));
    }
}
