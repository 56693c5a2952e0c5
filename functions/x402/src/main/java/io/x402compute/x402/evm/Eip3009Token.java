package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;

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
    private static final String TRANSFER_WITH_AUTHORIZATION = "transferWithAuthorization";

    private Eip3009Token() {}

    /**
     * The call that carries a payment out: with v, r and s for a signature of 65 bytes, else with its bytes.
     *
     * @return {@code 0x} and hex
     */
    public static String transfer(SchemePayload.Eip3009 signed) {
        Eip3009Authorization transfer = signed.authorization();
        Address from = new Address(transfer.from());
        Address to = new Address(transfer.to());
        Uint256 value = new Uint256(transfer.value());
        Uint256 validAfter = new Uint256(transfer.validAfter());
        Uint256 validBefore = new Uint256(transfer.validBefore());
        Bytes32 nonce = bytes32(transfer.nonce());
        byte[] signature = Erc6492.unwrapped(Hex.bytes(signed.signature()));
        if (signature.length != EcdsaSignature.LENGTH) {
            return Abi.call(TRANSFER_WITH_AUTHORIZATION, from, to, value, validAfter, validBefore, nonce,
                    new DynamicBytes(signature));
        }
        Uint8 v = new Uint8(BigInteger.valueOf(Byte.toUnsignedInt(signature[EcdsaSignature.COMPACT_LENGTH])));
        Bytes32 r = new Bytes32(Arrays.copyOf(signature, Words.WORD));
        Bytes32 s = new Bytes32(Arrays.copyOfRange(signature, Words.WORD, EcdsaSignature.COMPACT_LENGTH));
        return Abi.call(TRANSFER_WITH_AUTHORIZATION, from, to, value, validAfter, validBefore, nonce, v, r, s);
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

    /** What to look for transfers from one to the other by. */
    public static List<List<String>> transferTopics(String from, String to) {
        return List.of(List.of(TRANSFER), List.of(topicOf(from)), List.of(topicOf(to)));
    }

    public static boolean isAnyTransfer(Log log, String token) {
        return log.contract().equalsIgnoreCase(token) && !log.topics().isEmpty()
                && log.topics().get(0).equals(TRANSFER);
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
