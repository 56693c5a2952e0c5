package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.x402compute.x402.evm.EvmChain.CallOutcome;
import io.x402compute.x402.evm.EvmChain.Log;
import io.x402compute.x402.evm.EvmChain.Receipt;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Permit2Authorization;

/**
 * Permit2 and the proxy of payments, as far as payments touch them: their checks in their order, their errors, their
 * silence.
 */
public final class FakePermit2 {
    private static final String SETTLE = "settle(((address,uint256),uint256,uint256),address,(address,uint256),bytes)";
    private static final String SETTLE_WITH_PERMIT = "settleWithPermit((uint256,uint256,bytes32,bytes32,uint8),"
            + SETTLE.substring("settle(".length());
    private static final int PERMIT_WORDS = 5;
    private static final String SETTLED = Hex.of(Keccak.hash("Settled()"));
    private static final int NONCES_IN_A_WORD = 8;

    private final FakeToken token;
    private final SignatureCheck signatures;
    private final long chainId;
    /** By payer and nonce: the block in which it was used. */
    private final Map<Nonce, Long> used = new HashMap<>();
    private boolean hasProxy = true;

    interface SignatureCheck {
        boolean isSigned(String payer, byte[] digest, byte[] signature);
    }

    private record Nonce(String payer, BigInteger number) {}

    FakePermit2(FakeToken token, SignatureCheck signatures, long chainId) {
        this.token = token;
        this.signatures = signatures;
        this.chainId = chainId;
    }

    public void removeProxy() {
        hasProxy = false;
    }

    boolean isAt(String address) {
        return address.equalsIgnoreCase(Permit2.ADDRESS) || isProxyAt(address);
    }

    private boolean isProxyAt(String address) {
        return hasProxy && address.equalsIgnoreCase(Permit2Proxy.ADDRESS);
    }

    CallOutcome call(ContractCall call, Instant time, long block) {
        FakeToken.Arguments arguments = new FakeToken.Arguments(call.data());
        if (isProxyAt(call.to())) {
            return check(arguments, time).<CallOutcome>map(CallOutcome.Reverted::new)
                    .orElse(new CallOutcome.Returned("0x"));
        }
        if (!arguments.isFor("nonceBitmap(address,uint256)")) {
            throw new AssertionError("an unknown function is called");
        }
        BigInteger word = BigInteger.ZERO;
        for (Map.Entry<Nonce, Long> use : used.entrySet()) {
            BigInteger number = use.getKey().number();
            if (use.getValue() <= block && use.getKey().payer().equals(arguments.address(0))
                    && number.shiftRight(NONCES_IN_A_WORD).equals(arguments.number(1))) {
                word = word.setBit(number.intValue() & 0xff);
            }
        }
        return new CallOutcome.Returned(Hex.of(new Words(1).uint(word).toBytes()));
    }

    Receipt execute(ContractCall call, Instant time, long block, String transaction) {
        FakeToken.Arguments arguments = new FakeToken.Arguments(call.data());
        Permit2Authorization permit = permit(arguments);
        if (check(arguments, time).isPresent()) {
            return new Receipt(false, List.of());
        }
        use(permit, block);
        return new Receipt(true, List.of(token.move(permit.from(), permit.to(), permit.amount(), transaction),
                new Log(Hex.lowerCase(Permit2Proxy.ADDRESS), List.of(SETTLED), "0x", 2, transaction)));
    }

    /** The payer uses the nonce otherwise, or gives it up. */
    void use(Permit2Authorization permit, long block) {
        used.put(new Nonce(permit.from(), permit.nonce()), block);
    }

    private Optional<String> check(FakeToken.Arguments arguments, Instant time) {
        Permit2Authorization permit = permit(arguments);
        boolean sponsored = arguments.isFor(SETTLE_WITH_PERMIT);
        if (sponsored && !arguments.number(0).equals(permit.amount())) {
            return Optional.of("Permit2612AmountMismatch");
        }
        BigInteger now = BigInteger.valueOf(time.getEpochSecond());
        if (now.compareTo(permit.validAfter()) < 0) {
            return Optional.of("PaymentTooEarly");
        }
        if (now.compareTo(permit.deadline()) > 0) {
            return Optional.of("SignatureExpired");
        }
        if (used.containsKey(new Nonce(permit.from(), permit.nonce()))) {
            return Optional.of("InvalidNonce");
        }
        byte[] signature = arguments.bytes(7 + (sponsored ? PERMIT_WORDS : 0));
        if (!signatures.isSigned(permit.from(), Permit2.digest(chainId, permit), signature)) {
            return Optional.of("InvalidSigner");
        }
        boolean approves = sponsored && token.takesPermit(permit.from(), arguments);
        boolean allowed = approves
                ? token.isRichAs(permit.from(), permit.amount())
                : token.isAllowed(permit.from(), permit.amount());
        return allowed
                ? Optional.empty()
                : Optional.of("TRANSFER_FROM_FAILED");
    }

    private static Permit2Authorization permit(FakeToken.Arguments arguments) {
        int first = arguments.isFor(SETTLE_WITH_PERMIT) ? PERMIT_WORDS : 0;
        if (first == 0 && !arguments.isFor(SETTLE)) {
            throw new AssertionError("an unknown function is called");
        }
        return new Permit2Authorization(arguments.address(first + 4), arguments.address(first),
                arguments.number(first + 1), Hex.lowerCase(Permit2Proxy.ADDRESS), arguments.number(first + 2),
                arguments.number(first + 3), arguments.address(first + 5), arguments.number(first + 6));
    }
}
