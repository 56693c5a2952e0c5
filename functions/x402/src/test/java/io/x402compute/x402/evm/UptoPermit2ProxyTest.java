package io.x402compute.x402.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.protocol.Eip2612Permit;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

class UptoPermit2ProxyTest {
    private static final SchemePayload.Upto SIGNED = Metered.SIGNED;
    private static final ContractCall CALL = UptoPermit2Proxy.settle(SIGNED, new Usdc(1_234));

    @Test
    void theDigestAndTheSignatureAreTheOnesThatOthersCompute() {
        assertThat(Hex.of(Permit2.uptoDigest(84532, Metered.PERMIT, SIGNED.facilitator())))
                .isEqualTo("0x26531ffbf8101c5c33f5587a431d4df384854541343e7750c85f1724c4156ae4");
        assertThat(EvmWallet.of(Vectors.KEY_A).authorizeUpTo(Metered.PERMIT, Vectors.ADDRESS_B, Network.BASE_SEPOLIA))
                .isEqualTo(SIGNED);
    }

    @Test
    void theProxyIsCalledByItsPublishedSelectors() {
        Eip2612Permit approval = EvmWallet.of(Vectors.KEY_A).approvePermit2(Metered.OFFER, Metered.PERMIT.amount(),
                BigInteger.ZERO, Metered.PERMIT.deadline());
        assertThat(CALL.to()).isEqualToIgnoringCase(Metered.PROXY);
        assertThat(CALL.data()).startsWith("0xff11e7b4").hasSize(2 + 2 * (4 + (10 + 1 + 3) * 32));
        assertThat(UptoPermit2Proxy.settleWithPermit(approval, SIGNED, new Usdc(1)).data()).startsWith("0x016c1748");
    }

    @Test
    void aCallTellsHowMuchItTakesOfThisVeryPermit() {
        assertThat(taken(CALL, SIGNED)).contains(BigInteger.valueOf(1_234));
        String terms = CALL.data().substring(10);
        assertThat(taken(call("0x016c1748" + "00".repeat(5 * 32) + terms), SIGNED)).contains(BigInteger.valueOf(1_234));

        for (SchemePayload.Upto other : others()) {
            assertThat(taken(CALL, other)).as(other.toString()).isEmpty();
        }
    }

    @Test
    void whatIsNoSuchCallTakesNothing() {
        String terms = CALL.data().substring(10);
        assertThat(taken(new ContractCall(Permit2Proxy.ADDRESS, CALL.data()), SIGNED)).isEmpty();
        for (String data : List.of("0x", CALL.data().substring(0, 200), "0x13cd3b53" + terms, "0x016c1748" + terms)) {
            assertThat(taken(call(data), SIGNED)).as(data).isEmpty();
        }
        assertThat(taken(UptoPermit2Proxy.settle(SIGNED, new Usdc(10_001)), SIGNED)).isEmpty();
    }

    @Test
    void itsErrorsAreKnownByTheirNames() {
        assertThat(Permit2Reason.ofRevert("AmountExceedsPermitted")).contains("upto_amount_exceeds_permitted");
        assertThat(Permit2Reason.ofRevert("UnauthorizedFacilitator")).contains("upto_unauthorized_facilitator");
    }

    private static List<SchemePayload.Upto> others() {
        Permit2Authorization its = Metered.PERMIT;
        BigInteger seven = BigInteger.valueOf(7);
        return List.of(with(Metered.permit(Vectors.ADDRESS_B, its.nonce())),
                with(Metered.permit(Vectors.ADDRESS_A, seven)),
                with(new Permit2Authorization(its.from(), its.from(), its.amount(), its.spender(), its.nonce(),
                        its.deadline(), its.to(), its.validAfter())),
                with(new Permit2Authorization(its.from(), its.token(), seven, its.spender(), its.nonce(),
                        its.deadline(), its.to(), its.validAfter())),
                with(new Permit2Authorization(its.from(), its.token(), its.amount(), its.spender(), its.nonce(), seven,
                        its.to(), its.validAfter())),
                with(new Permit2Authorization(its.from(), its.token(), its.amount(), its.spender(), its.nonce(),
                        its.deadline(), its.from(), its.validAfter())),
                with(new Permit2Authorization(its.from(), its.token(), its.amount(), its.spender(), its.nonce(),
                        its.deadline(), its.to(), seven)),
                new SchemePayload.Upto(its, its.from(), SIGNED.signature()));
    }

    private static SchemePayload.Upto with(Permit2Authorization permit) {
        return new SchemePayload.Upto(permit, SIGNED.facilitator(), SIGNED.signature());
    }

    private static ContractCall call(String data) {
        return new ContractCall(UptoPermit2Proxy.ADDRESS, data);
    }

    private static Optional<BigInteger> taken(ContractCall call, SchemePayload.Upto signed) {
        return UptoPermit2Proxy.callsFor(signed).taken(call);
    }
}
