package io.x402compute.x402.evm;

import java.util.List;

import org.web3j.abi.DefaultFunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;

import io.x402compute.x402.protocol.Hex;

/** Signatures of wallets that are not there yet, as ERC-6492 wraps them. */
public final class WrappedSignature {
    public static final String MARK = "6492".repeat(16);

    private WrappedSignature() {}

    /** All of them {@code 0x} and hex. */
    public static String of(String factory, String call, String signature) {
        return "0x" + new DefaultFunctionEncoder().encodeParameters(List.of(new Address(factory),
                new DynamicBytes(Hex.bytes(call)), new DynamicBytes(Hex.bytes(signature)))) + MARK;
    }
}
