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

/** Permit2 and the proxy of payments, as far as payments touch them: their checks in their order, their errors, their silence. */
public final class FakePermit2 {
    private static final String SETTLE = "settle(((address,uint256),uint256,uint256),address,(address,uint256),bytes)";
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
            return check(permit(arguments), arguments.bytes(7), time)
                    .<CallOutcome>map(CallOutcome.Reverted::new).orElse(new CallOutcome.Returned("0x"));
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
        if (check(permit, arguments.bytes(7), time).isPresent()) {
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

    private Optional<String> check(Permit2Authorization permit, byte[] signature, Instant time) {
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
        if (!signatures.isSigned(permit.from(), Permit2.digest(chainId, permit), signature)) {
            return Optional.of("InvalidSigner");
        }
        return token.isAllowed(permit.from(), permit.amount())
                ? Optional.empty()
                : Optional.of("TRANSFER_FROM_FAILED");
    }

    private static Permit2Authorization permit(FakeToken.Arguments arguments) {
        if (!arguments.isFor(SETTLE)) {
            throw new AssertionError("an unknown function is called");
        }
        return new Permit2Authorization(arguments.address(4), arguments.address(0), arguments.number(1),
                Hex.lowerCase(Permit2Proxy.ADDRESS), arguments.number(2), arguments.number(3), arguments.address(5),
                arguments.number(6));
    }
}
