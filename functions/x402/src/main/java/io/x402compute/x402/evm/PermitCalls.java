package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Optional;

import io.x402compute.x402.evm.EvmChain.Log;
import io.x402compute.x402.protocol.Permit2Authorization;

/** Recognises, in what transactions have called and reported, the carrying out of one permit of Permit2. */
public interface PermitCalls {

    Permit2Authorization permit();

    /** Whether the payer has signed no more than the most that may be taken. */
    boolean isMetered();

    /** Does the contract stand there that the permit is signed for? */
    boolean isProxyAt(String address);

    /** That contract's own event, which follows the token's in a transaction that it has carried a payment out in. */
    boolean isSettled(Log log);

    /** Whether that is an amount that could have been taken. */
    boolean allows(BigInteger amount);

    /**
     * How much a call takes, in atomic units, if it carries out this permit and no other and succeeds; whoever makes it, and
     * whatever signature of the payer's it brings. Empty for any other call.
     */
    Optional<BigInteger> taken(ContractCall call);
}
