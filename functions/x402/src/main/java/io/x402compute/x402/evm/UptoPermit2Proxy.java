package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;

import io.x402compute.x402.evm.EvmChain.Log;
import io.x402compute.x402.protocol.Eip2612Permit;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

/**
 * The contract that {@code upto} payments are signed for ({@code x402UptoPermit2Proxy}), at the same address on every chain. It
 * transfers as much of what is permitted as its caller says, to the receiver that the payer has signed, and is called by
 * nobody but the facilitator that the payer has signed.
 */
public final class UptoPermit2Proxy {
    public static final String ADDRESS = "0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002";

    private static final String TERMS = "((address,uint256),uint256,uint256),uint256,address,(address,address,uint256),bytes";
    private static final String SETTLE = "settle(" + TERMS + ")";
    private static final String SETTLE_WITH_PERMIT = "settleWithPermit((uint256,uint256,bytes32,bytes32,uint8)," + TERMS
            + ")";
    /** Before the amount that is taken stand the permit's token, amount, nonce and deadline. */
    private static final int WORDS_BEFORE_AMOUNT = 4;

    private UptoPermit2Proxy() {}

    /** The call that takes so much of a payment. */
    public static ContractCall settle(SchemePayload.Upto signed, Usdc amount) {
        return call(SETTLE, List.of(), signed, amount);
    }

    /** The same, which first hands the token's own permit in, that the payer has signed too. */
    public static ContractCall settleWithPermit(Eip2612Permit approval, SchemePayload.Upto signed, Usdc amount) {
        return call(SETTLE_WITH_PERMIT, Permit2Proxy.words(approval), signed, amount);
    }

    @SuppressWarnings("rawtypes") // as web3j declares it
    private static ContractCall call(String function, List<Type> before, SchemePayload.Upto signed, Usdc amount) {
        Permit2Authorization permit = signed.authorization();
        Stream<Type> terms = Stream.of(new Address(permit.token()), new Uint256(permit.amount()),
                new Uint256(permit.nonce()), new Uint256(permit.deadline()), new Uint256(amount.micros()),
                new Address(permit.from()), new Address(permit.to()), new Address(signed.facilitator()),
                new Uint256(permit.validAfter()), new DynamicBytes(Erc6492.unwrapped(Hex.bytes(signed.signature()))));
        return new ContractCall(ADDRESS,
                Abi.callOf(function, Stream.concat(before.stream(), terms).toArray(Type[]::new)));
    }

    /** What carries that payment out. */
    public static PermitCalls callsFor(SchemePayload.Upto signed) {
        return new Part(signed.authorization(), signed.facilitator());
    }

    private record Part(Permit2Authorization permit, String facilitator) implements PermitCalls {
        @Override
        public boolean isMetered() {
            return true;
        }

        @Override
        public boolean isProxyAt(String address) {
            return address.equalsIgnoreCase(ADDRESS);
        }

        @Override
        public boolean isSettled(Log log) {
            return isProxyAt(log.contract()) && Permit2Proxy.isSettling(log);
        }

        @Override
        public boolean allows(BigInteger amount) {
            return amount.bitLength() < Long.SIZE && amount.compareTo(permit.amount()) <= 0;
        }

        @Override
        public Optional<BigInteger> taken(ContractCall call) {
            if (!isProxyAt(call.to())) {
                return Optional.empty();
            }
            byte[] data = Hex.bytes(call.data());
            return taken(data, SETTLE, 0)
                    .or(() -> taken(data, SETTLE_WITH_PERMIT, Permit2Proxy.PERMIT_WORDS))
                    .filter(this::allows);
        }

        private Optional<BigInteger> taken(byte[] data, String function, int skippedWords) {
            int start = Permit2Proxy.SELECTOR + (skippedWords + WORDS_BEFORE_AMOUNT) * Words.WORD;
            if (data.length < start + Words.WORD) {
                return Optional.empty();
            }
            BigInteger amount = new BigInteger(1, Arrays.copyOfRange(data, start, start + Words.WORD));
            byte[] terms = new Words(9).address(permit.token()).uint(permit.amount()).uint(permit.nonce())
                    .uint(permit.deadline()).uint(amount).address(permit.from()).address(permit.to())
                    .address(facilitator).uint(permit.validAfter()).toBytes();
            return Permit2Proxy.isCall(data, function, skippedWords, terms) ? Optional.of(amount) : Optional.empty();
        }
    }
}
