package io.x402compute.x402.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;

class Permit2Test {
    private static final Permit2Authorization PERMIT = Permits.permit(Vectors.ADDRESS_A);
    private static final SchemePayload.Permit2 SIGNED = new SchemePayload.Permit2(PERMIT, Permits.SIGNATURE);

    @Test
    void theDigestIsTheOneThatOthersCompute() {
        assertThat(Hex.of(Permit2.separator(84532)))
                .isEqualTo("0x010f27a92fb9a32622f44f001dc4d15706a85b33499cfc2ce9033113ab26592c");
        assertThat(Hex.of(Permit2.digest(84532, PERMIT)))
                .isEqualTo("0x8490c5be4cc3395258a5c63a09658d7b2cac99ecf2a614257d10cb359581c418");
    }

    @Test
    void soIsTheSignature() {
        assertThat(EvmWallet.of(Vectors.KEY_A).authorize(PERMIT, Network.BASE_SEPOLIA)).isEqualTo(SIGNED);
    }

    @Test
    void theProxyIsCalledByItsPublishedSelector() {
        ContractCall call = Permit2Proxy.settle(SIGNED);
        assertThat(call.to()).isEqualToIgnoringCase(Permits.PROXY);
        assertThat(call.data()).startsWith("0x13cd3b53").hasSize(2 + 2 * (4 + (8 + 1 + 3) * 32));
        FakeToken.Arguments arguments = new FakeToken.Arguments(call.data());
        assertThat(arguments.address(4)).isEqualTo(PERMIT.from());
        assertThat(arguments.bytes(7)).isEqualTo(Hex.bytes(Permits.SIGNATURE));
    }

    @Test
    void aCallIsRecognisedByEveryTermOfItsPermit() {
        ContractCall call = Permit2Proxy.settle(SIGNED);
        assertThat(Permit2Proxy.carriesOut(call, PERMIT)).isTrue();
        assertThat(Permit2Proxy.carriesOut(new ContractCall(Vectors.ADDRESS_B, call.data()), PERMIT)).isFalse();
        assertThat(Permit2Proxy.carriesOut(new ContractCall(call.to(), call.data().substring(0, 100)), PERMIT))
                .isFalse();
        assertThat(Permit2Proxy.carriesOut(new ContractCall(call.to(), "0x"), PERMIT)).isFalse();
        for (Permit2Authorization other : new Permit2Authorization[]{Permits.permit(Vectors.ADDRESS_B),
            changed("token"), changed("amount"), changed("nonce"), changed("deadline"), changed("to"),
            changed("validAfter")}) {
            assertThat(Permit2Proxy.carriesOut(call, other)).as(other.toString()).isFalse();
        }
    }

    @Test
    void aCallWithAPermitOfTheTokensOwnCarriesItOutToo() {
        String terms = Permit2Proxy.settle(SIGNED).data().substring(10);
        String permit2612 = "00".repeat(5 * 32);
        assertThat(Permit2Proxy.carriesOut(new ContractCall(Permits.PROXY, "0xfa340378" + permit2612 + terms), PERMIT))
                .isTrue();
        assertThat(Permit2Proxy.carriesOut(new ContractCall(Permits.PROXY, "0xfa340378" + terms), PERMIT)).isFalse();
    }

    @Test
    void aNonceIsOneBitOfAWord() {
        Permit2Authorization nonce513 = with(PERMIT, BigInteger.valueOf(513));
        ContractCall question = Permit2.nonceBitmap(nonce513);
        assertThat(question.to()).isEqualTo(Permit2.ADDRESS);
        assertThat(question.data()).startsWith("0x4fe02b44").endsWith("2");
        assertThat(Permit2.isSpent(word(2), nonce513)).contains(true);
        assertThat(Permit2.isSpent(word(0xfd), nonce513)).contains(false);
        assertThat(Permit2.isSpent(new EvmChain.CallOutcome.Returned("0x"), nonce513)).isEmpty();
    }

    @Test
    void errorsAreKnownByTheirNames() {
        assertThat(Abi.revertText("0x756688fe")).contains("InvalidNonce");
        assertThat(Abi.revertText("0xcd21db4f" + "0".repeat(64))).contains("SignatureExpired");
        assertThat(Abi.revertText("0x815e1d64")).contains("InvalidSigner");
        assertThat(Abi.revertText("0xdeadbeef")).isEmpty();
        assertThat(Abi.revertText("0x")).isEmpty();
    }

    private static EvmChain.CallOutcome word(long value) {
        return new EvmChain.CallOutcome.Returned(Hex.of(new Words(1).uint(value).toBytes()));
    }

    private static Permit2Authorization with(Permit2Authorization permit, BigInteger nonce) {
        return new Permit2Authorization(permit.from(), permit.token(), permit.amount(), permit.spender(), nonce,
                permit.deadline(), permit.to(), permit.validAfter());
    }

    private static Permit2Authorization changed(String field) {
        BigInteger seven = BigInteger.valueOf(7);
        return new Permit2Authorization(PERMIT.from(), field.equals("token") ? PERMIT.from() : PERMIT.token(),
                field.equals("amount") ? seven : PERMIT.amount(), PERMIT.spender(),
                field.equals("nonce") ? seven : PERMIT.nonce(), field.equals("deadline") ? seven : PERMIT.deadline(),
                field.equals("to") ? PERMIT.from() : PERMIT.to(),
                field.equals("validAfter") ? seven : PERMIT.validAfter());
    }
}
