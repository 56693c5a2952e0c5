package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.handler.HashProofs.Shown;
import io.x402compute.http.Requests;
import io.x402compute.order.PaymentProof;
import io.x402compute.payment.Claims;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.Reasons;
import io.x402compute.x402.protocol.TransactionId;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

class HashProofsTest {
    private static final String HASH = "0x" + "ab".repeat(32);
    private static final String SIGNATURE = "5Jmxw1fmQatmSZLpxQACNrE5Y7Rggpdxu9roThDoqaq4UEhwr7sPXQAjHU3QRc3m6Fg4R5y4L9u"
            + "QFrpHBzmpy9eQ";
    private static final String PAYER = "0x857b06519E91e3A54538791bDbb0E22373e36b66";

    private final HashProofs proofs = new HashProofs(Set.of(Network.BASE, Network.SOLANA));

    @Test
    void aTransactionIsShownAsTheArticleShowsIt() {
        assertThat(proof("{\"tx_hash\": \"%s\", \"chain\": \"base\"}".formatted(HASH)))
                .isEqualTo(shown(Network.BASE, HASH, Optional.empty()));
        assertThat(proof("{\"tx_hash\":\"%s\",\"chain\":\"solana\"}".formatted(SIGNATURE)))
                .isEqualTo(shown(Network.SOLANA, SIGNATURE, Optional.empty()));
        assertThat(proof("{\"tx_hash\":\"%s\"}".formatted(SIGNATURE))).as("whose form tells the chain")
                .isEqualTo(shown(Network.SOLANA, SIGNATURE, Optional.empty()));
    }

    @Test
    void aTransactionIsShownInPlaceOfAPaymentOfVersion1() {
        assertThat(in(Map.of("x-payment", base64("{\"txHash\":\"%s\",\"from\":\"%s\"}".formatted(HASH, PAYER)),
                "x-payment-version", "1"))).isEqualTo(shown(Network.BASE, HASH, Wallet.of(PAYER)));
    }

    @Test
    void paymentsOfBothVersionsAreNoneOfThese() {
        PaymentPayload signed = Claims.fresh().payment().orElseThrow().payload();

        assertThat(in(Map.of("x-payment", signed.headerText()))).isEqualTo(new Shown.Nothing());
        assertThat(in(Map.of("payment-signature", "e30="))).isEqualTo(new Shown.Nothing());
        assertThat(in(Map.of("x-payment", "no base64"))).as("left to whoever reads payments")
                .isEqualTo(new Shown.Nothing());
        assertThat(in(Map.of())).isEqualTo(new Shown.Nothing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x", "{}", "[]", "{\"tx_hash\":7,\"chain\":\"base\"}",
        "{\"tx_hash\":\"0xabc123\",\"chain\":\"base\"}", "{\"chain\":\"base\"}",
        "{\"tx_hash\":\"0xabab\",\"tx_hash\":\"0xabab\",\"chain\":\"base\"}"})
    void whatNamesNoTransactionIsMalformed(String header) {
        assertThat(proof(header)).isEqualTo(new Shown.Malformed(Reasons.INVALID_PAYLOAD));
    }

    @Test
    void aSenderThatIsNoneIsMalformed() {
        assertThat(in(Map.of("x-payment", base64("{\"txHash\":\"%s\",\"from\":\"me\"}".formatted(HASH)))))
                .isEqualTo(new Shown.Malformed(Reasons.INVALID_PAYLOAD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ethereum", "base-sepolia", "solana-devnet", ""})
    void aChainThatIsNotReadIsNone(String chain) {
        assertThat(proof("{\"tx_hash\":\"%s\",\"chain\":\"%s\"}".formatted(HASH, chain)))
                .isEqualTo(new Shown.Malformed(Reasons.INVALID_NETWORK));
    }

    @Test
    void aHashOfTheOtherChainIsMalformed() {
        assertThat(proof("{\"tx_hash\":\"%s\",\"chain\":\"solana\"}".formatted(HASH)))
                .isEqualTo(new Shown.Malformed(Reasons.INVALID_PAYLOAD));
    }

    @Test
    void oneRequestShowsOnePayment() {
        String one = "{\"tx_hash\":\"%s\",\"chain\":\"base\"}".formatted(HASH);
        assertThat(proof(one + "," + one)).isEqualTo(new Shown.TwoPayments());
        assertThat(in(Map.of("x-payment-proof", one, "x-payment", "e30="))).isEqualTo(new Shown.TwoPayments());
        assertThat(in(Map.of("x-payment-proof", one, "payment-signature", "e30="))).isEqualTo(new Shown.TwoPayments());
        assertThat(in(Map.of("x-payment", base64("{\"txHash\":\"%s\"}".formatted(HASH)), "payment-signature", "e30=")))
                .isEqualTo(new Shown.TwoPayments());
    }

    @Test
    void whatIsToBePaidIsToldToTheLastDigit() {
        assertThat(HashProofs.required(Claims.OFFER.withAmount(new Usdc(10_417)))).isEqualTo("""
                {"amount":"0.010417","currency":"USDC","chain":"base",\
                "address":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"}""");
    }

    private Shown proof(String header) {
        return in(Map.of("x-payment-proof", header));
    }

    private Shown in(Map<String, String> headers) {
        return proofs.in(Requests.withHeaders(Requests.post("/v1/run", "{}"), headers));
    }

    private static Shown shown(Network network, String hash, Optional<Wallet> from) {
        return new Shown.Transaction(new PaymentProof(TransactionId.of(network, hash).orElseThrow(), from));
    }

    private static String base64(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
