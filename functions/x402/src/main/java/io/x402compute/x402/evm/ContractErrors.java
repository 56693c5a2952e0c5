package io.x402compute.x402.evm;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.x402compute.x402.protocol.Hex;

/** The errors that Permit2 and its proxies revert with, which are not text but the hash of a declaration. */
final class ContractErrors {
    private static final int SELECTOR_TEXT = 10;
    private static final Map<String, String> NAMES = Stream.of("InvalidNonce()", "SignatureExpired(uint256)",
            "InvalidSigner()", "InvalidSignature()", "InvalidSignatureLength()", "InvalidContractSignature()",
            "InvalidAmount(uint256)", "InvalidAmount()", "InvalidDestination()", "InvalidOwner()",
            "InvalidPermit2Address()", "PaymentTooEarly()", "Permit2612AmountMismatch()",
            "ReentrancyGuardReentrantCall()", "AmountExceedsPermitted()", "UnauthorizedFacilitator()")
            .collect(Collectors.toUnmodifiableMap(ContractErrors::selector,
                    declaration -> declaration.substring(0, declaration.indexOf('('))));

    private ContractErrors() {}

    /** The name of the error in what a call reverted with; empty where it is none of these. */
    static Optional<String> name(String data) {
        return data.length() < SELECTOR_TEXT
                ? Optional.empty()
                : Optional.ofNullable(NAMES.get(data.substring(0, SELECTOR_TEXT)));
    }

    private static String selector(String declaration) {
        return Hex.of(Arrays.copyOf(Keccak.hash(declaration), 4));
    }
}
