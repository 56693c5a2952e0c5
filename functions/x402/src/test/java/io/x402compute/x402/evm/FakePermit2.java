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
 * Permit2 and the proxies of payments, as far as payments touch them: their checks in their order, their errors, their
 * silence.
 */
public final class FakePermit2 {
    private static final String SETTLE = "settle(((address,uint256),uint256,uint256),address,(address,uint256),bytes)";
    private static final String SETTLE_WITH_PERMIT = "settleWithPermit((uint256,uint256,bytes32,bytes32,uint8),"
            + SETTLE.substring("settle(".length());
    private static final String UPTO_TERMS = "((address,uint256),uint256,uint256),uint256,address,"
            + "(address,address,uint256),bytes)";
    private static final String SETTLE_UPTO = "settle(" + UPTO_TERMS;
    private static final String SETTLE_UPTO_WITH_PERMIT = "settleWithPermit((uint256,uint256,bytes32,bytes32,uint8),"
            + UPTO_TERMS;
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

    /**
     * What a proxy is told to do.
     *
     * @param sponsored whether a permit of the token's own comes before it
     */
    private record Order(Permit2Authorization permit, BigInteger amount, Optional<String> facilitator,
            byte[] signature, boolean sponsored) {}

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
        return hasProxy && (address.equalsIgnoreCase(Permit2Proxy.ADDRESS)
                || address.equalsIgnoreCase(UptoPermit2Proxy.ADDRESS));
    }

    CallOutcome call(String from, ContractCall call, Instant time, long block) {
        FakeToken.Arguments arguments = new FakeToken.Arguments(call.data());
        if (isProxyAt(call.to())) {
            return check(from, order(call.to(), arguments), arguments, time).<CallOutcome>map(CallOutcome.Reverted::new)
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

    Receipt execute(String from, ContractCall call, Instant time, long block, String transaction) {
        FakeToken.Arguments arguments = new FakeToken.Arguments(call.data());
        Order order = order(call.to(), arguments);
        if (check(from, order, arguments, time).isPresent()) {
            return new Receipt(false, List.of());
        }
        Permit2Authorization permit = order.permit();
        use(permit, block);
        return new Receipt(true, List.of(token.move(permit.from(), permit.to(), order.amount(), transaction),
                new Log(Hex.lowerCase(call.to()), List.of(SETTLED), "0x", 2, transaction)));
    }

    /** The payer uses the nonce otherwise, or gives it up. */
    void use(Permit2Authorization permit, long block) {
        used.put(new Nonce(permit.from(), permit.nonce()), block);
    }

    private Optional<String> check(String from, Order order, FakeToken.Arguments arguments, Instant time) {
        Permit2Authorization permit = order.permit();
        if (order.sponsored() && !arguments.number(0).equals(permit.amount())) {
            return Optional.of("Permit2612AmountMismatch");
        }
        if (order.amount().signum() == 0) {
            return Optional.of("InvalidAmount");
        }
        if (order.amount().compareTo(permit.amount()) > 0) {
            return Optional.of("AmountExceedsPermitted");
        }
        if (!order.facilitator().orElse(from).equals(from)) {
            return Optional.of("UnauthorizedFacilitator");
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
        byte[] digest = order.facilitator().map(settler -> Permit2.uptoDigest(chainId, permit, settler))
                .orElseGet(() -> Permit2.digest(chainId, permit));
        if (!signatures.isSigned(permit.from(), digest, order.signature())) {
            return Optional.of("InvalidSigner");
        }
        boolean approves = order.sponsored() && token.takesPermit(permit.from(), arguments);
        boolean allowed = approves
                ? token.isRichAs(permit.from(), order.amount())
                : token.isAllowed(permit.from(), order.amount());
        return allowed
                ? Optional.empty()
                : Optional.of("TRANSFER_FROM_FAILED");
    }

    private static Order order(String proxy, FakeToken.Arguments arguments) {
        return proxy.equalsIgnoreCase(Permit2Proxy.ADDRESS) ? whole(arguments) : part(arguments);
    }

    private static Order whole(FakeToken.Arguments arguments) {
        boolean sponsored = arguments.isFor(SETTLE_WITH_PERMIT);
        if (!sponsored && !arguments.isFor(SETTLE)) {
            throw new AssertionError("an unknown function is called");
        }
        int first = sponsored ? PERMIT_WORDS : 0;
        Permit2Authorization permit = new Permit2Authorization(arguments.address(first + 4), arguments.address(first),
                arguments.number(first + 1), Hex.lowerCase(Permit2Proxy.ADDRESS), arguments.number(first + 2),
                arguments.number(first + 3), arguments.address(first + 5), arguments.number(first + 6));
        return new Order(permit, permit.amount(), Optional.empty(), arguments.bytes(first + 7), sponsored);
    }

    private static Order part(FakeToken.Arguments arguments) {
        boolean sponsored = arguments.isFor(SETTLE_UPTO_WITH_PERMIT);
        if (!sponsored && !arguments.isFor(SETTLE_UPTO)) {
            throw new AssertionError("an unknown function is called");
        }
        int first = sponsored ? PERMIT_WORDS : 0;
        Permit2Authorization permit = new Permit2Authorization(arguments.address(first + 5), arguments.address(first),
                arguments.number(first + 1), Hex.lowerCase(UptoPermit2Proxy.ADDRESS), arguments.number(first + 2),
                arguments.number(first + 3), arguments.address(first + 6), arguments.number(first + 8));
        return new Order(permit, arguments.number(first + 4), Optional.of(arguments.address(first + 7)),
                arguments.bytes(first + 9), sponsored);
    }
}
