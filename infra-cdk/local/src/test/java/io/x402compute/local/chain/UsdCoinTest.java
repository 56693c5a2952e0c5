package io.x402compute.local.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The token answers as Circle's does on Base: same domain, same signatures, same words when it refuses. */
class UsdCoinTest {
    private static final BigInteger CURVE_ORDER = new BigInteger(
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    private static final AtomicLong NONCE = new AtomicLong(1);

    private static LocalEvm evm;
    private static JsonRpc node;

    @BeforeAll
    static void startChain() {
        evm = LocalEvm.start(0);
        node = new JsonRpc(evm.rpcUrl());
    }

    @AfterAll
    static void stopChain() {
        node.close();
        evm.close();
    }

    @Test
    void hasTheSigningDomainOfUsdcOnBase() {
        assertThat(read("0x3644e515")).isEqualTo("0x02fa7265e7c5d81118673727957699e4d68f74cd74b7db77da710fe8a2c7834f");
        assertThat(text(read("0x06fdde03"))).isEqualTo("USD Coin");
        assertThat(text(read("0x54fd4d50"))).isEqualTo("2");
        assertThat(text(read("0x95d89b41"))).isEqualTo("USDC");
        assertThat(Abi.longValue(read("0x313ce567"))).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void paysOnceUnderOneAuthorization(SignatureForm form) {
        Authorization payment = payment(evm.address(1));
        String transfer = form.transfer(payment, payment.signedBy(evm.address(1), node));
        long payerBefore = evm.balanceOf(payment.from());
        long payeeBefore = evm.balanceOf(payment.to());

        send(transfer);

        assertThat(evm.balanceOf(payment.from())).isEqualTo(payerBefore - payment.micros());
        assertThat(evm.balanceOf(payment.to())).isEqualTo(payeeBefore + payment.micros());
        assertThat(isUsed(payment)).isTrue();
        assertRefused(transfer, "FiatTokenV2: authorization is used or canceled");
    }

    @Test
    void logsTheTransferAndTheUsedNonce() {
        Authorization payment = payment(evm.address(1));

        var logs = send(SignatureForm.VRS.transfer(payment, payment.signedBy(evm.address(1), node))).required("logs");

        String payer = "0x" + Abi.word(payment.from().toLowerCase(Locale.ROOT));
        assertThat(logs).hasSize(2);
        assertThat(logs.get(0).required("topics")).extracting(topic -> topic.asText()).containsExactly(
                "0x98de503528ee59b575ef0c0a2576a82497bfc029a5685b209e9ec333479b10a5", payer, payment.nonce());
        assertThat(logs.get(1).required("topics").get(0).asText()).isEqualTo(Transfer.TOPIC);
    }

    @Test
    void refusesWhatIsNotValidYetUntilItIs() {
        Authorization payment = payment(evm.address(1)).validAfter(evm.blockTime() + 3600)
                .validBefore(evm.blockTime() + 7200);
        String transfer = SignatureForm.VRS.transfer(payment, payment.signedBy(evm.address(1), node));
        assertRefused(transfer, "FiatTokenV2: authorization is not yet valid");

        evm.advance(Duration.ofSeconds(3601));

        send(transfer);
    }

    @Test
    void refusesWhatHasExpired() {
        Authorization payment = payment(evm.address(1)).validBefore(evm.blockTime() + 300);
        String transfer = SignatureForm.VRS.transfer(payment, payment.signedBy(evm.address(1), node));

        evm.advance(Duration.ofMinutes(5));

        assertRefused(transfer, "FiatTokenV2: authorization is expired");
    }

    @ParameterizedTest
    @EnumSource
    void refusesASignatureOfAnybodyElse(SignatureForm form) {
        Authorization payment = payment(evm.address(1));

        assertRefused(form.transfer(payment, payment.signedBy(evm.address(2), node)), "FiatTokenV2: invalid signature");
    }

    @Test
    void refusesAnAmountThatWasNotSigned() {
        Authorization payment = payment(evm.address(1));
        String signature = payment.signedBy(evm.address(1), node);

        assertRefused(SignatureForm.BYTES.transfer(payment.paying(2), signature), "FiatTokenV2: invalid signature");
    }

    @ParameterizedTest
    @EnumSource
    void refusesTheSignaturesTwinWithTheGreaterS(SignatureForm form) {
        Authorization payment = payment(evm.address(1));
        String twin = twinOf(payment.signedBy(evm.address(1), node));

        assertRefused(form.transfer(payment, twin), "ECRecover: invalid signature 's' value");
    }

    @Test
    void refusesMoreThanThePayerHas() {
        Authorization payment = payment(evm.address(1)).paying(LocalEvm.AGENT_MICROS + 1);

        assertRefused(SignatureForm.VRS.transfer(payment, payment.signedBy(evm.address(1), node)),
                "ERC20: transfer amount exceeds balance");
    }

    @ParameterizedTest
    @EnumSource
    void asksAContractWalletWhetherItSigned(SignatureForm form) {
        String wallet = evm.deploy("ContractWallet", evm.address(3));
        evm.mint(wallet, 5_000_000);
        Authorization payment = payment(wallet);

        assertRefused(form.transfer(payment, payment.signedBy(evm.address(4), node)), "FiatTokenV2: invalid signature");
        send(form.transfer(payment, payment.signedBy(evm.address(3), node)));

        assertThat(evm.balanceOf(wallet)).isEqualTo(5_000_000 - payment.micros());
    }

    @ParameterizedTest
    @EnumSource
    void asksTheDelegateOfAnAccountInsteadOfItsKey(SignatureForm form) {
        String account = evm.address(6);
        evm.mint(account, 5_000_000);
        evm.delegate(account, evm.deploy("ContractWallet", evm.address(3)));
        Authorization payment = payment(account);

        assertRefused(form.transfer(payment, payment.signedBy(account, node)), "FiatTokenV2: invalid signature");
        send(form.transfer(payment, payment.signedBy(evm.address(3), node)));

        assertThat(isUsed(payment)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatThePayerCanceled(SignatureForm form) {
        Authorization payment = payment(evm.address(1));
        String transfer = form.transfer(payment, payment.signedBy(evm.address(1), node));

        send(form.cancel(payment, payment.cancellationSignedBy(evm.address(1), node)));

        assertRefused(transfer, "FiatTokenV2: authorization is used or canceled");
    }

    @ParameterizedTest
    @EnumSource
    void onlyThePayeeReceivesUnderAnAuthorization(SignatureForm form) {
        Authorization payment = payment(evm.address(1));
        String receive = form.receive(payment,
                payment.signedBy(evm.address(1), node, "ReceiveWithAuthorization"));

        assertRefused(receive, "FiatTokenV2: caller must be the payee");
        send(payment.to(), receive);

        assertThat(isUsed(payment)).isTrue();
    }

    @Test
    void aSpenderTakesWhatItWasAllowedAndNoMore() {
        String spender = evm.address(8);
        send(evm.address(1), Abi.call("0x095ea7b3", spender, Abi.word(10)));
        long before = evm.balanceOf(spender);

        send(spender, Abi.call("0x23b872dd", evm.address(1), spender, Abi.word(10)));

        assertThat(evm.balanceOf(spender)).isEqualTo(before + 10);
        assertThatThrownBy(call(spender, Abi.call("0x23b872dd", evm.address(1), spender, Abi.word(1))))
                .hasMessageContaining("ERC20: transfer amount exceeds allowance");
    }

    private static Authorization payment(String payer) {
        return new Authorization(payer, evm.address(0), 1_500_000, 0, evm.blockTime() + 100_000,
                "0x" + Abi.word(NONCE.getAndIncrement()));
    }

    private static boolean isUsed(Authorization payment) {
        return Abi.longValue(read(Abi.call("0xe94a0102", payment.from(), payment.nonce()))) == 1;
    }

    private static String read(String data) {
        return node.call("eth_call", Map.of("to", LocalEvm.USDC, "data", data), "latest").asText();
    }

    private static JsonNode send(String data) {
        return send(evm.address(7), data);
    }

    private static JsonNode send(String sender, String data) {
        var receipt = node.call("eth_sendTransactionSync", Map.of("from", sender, "to", LocalEvm.USDC, "data", data));
        assertThat(receipt.required("status").asText()).isEqualTo("0x1");
        return receipt;
    }

    private static void assertRefused(String data, String reason) {
        assertThatThrownBy(call(evm.address(7), data)).isInstanceOf(RpcException.class).hasMessageContaining(reason);
    }

    private static ThrowingCallable call(String sender, String data) {
        return () -> node.call("eth_call", Map.of("from", sender, "to", LocalEvm.USDC, "data", data), "latest");
    }

    /** The text in an ABI-encoded string: one word of offset, one of length, then the text. */
    private static String text(String encoded) {
        byte[] bytes = HexFormat.of().parseHex(encoded, 2, encoded.length());
        return new String(bytes, 64, bytes[63], StandardCharsets.UTF_8);
    }

    private static String twinOf(String signature) {
        BigInteger s = new BigInteger(signature.substring(66, 130), 16);
        String v = signature.endsWith("1b") ? "1c" : "1b";
        return signature.substring(0, 66) + Abi.word(CURVE_ORDER.subtract(s).toString(16)) + v;
    }
}
