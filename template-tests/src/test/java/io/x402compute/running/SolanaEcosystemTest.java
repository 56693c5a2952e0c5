package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.local.chain.LocalSolana;
import io.x402compute.x402.client.OfferSigner;
import io.x402compute.x402.client.PayingClient;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.SolanaFacilitator;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.ReceivedOffers;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.UsdcMint;
import io.x402compute.x402.protocol.WireJson;
import io.x402compute.x402.solana.FeeLimits;
import io.x402compute.x402.solana.RpcSolanaChain;

/** The ecosystem's payer and facilitator on Solana, unmodified, against ours, on a real Solana VM. */
class SolanaEcosystemTest {
    private static final NodeClient THEIRS = new NodeClient("clients/solana.mjs");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Usdc PRICE = new Usdc(1_699_200);
    private static final Resource SOLD = new Resource("https://api.example.com/compute/provision", "a machine",
            "application/json");
    private static final int OPERATOR = 0;
    private static final int AGENT = 3;

    private static LocalSolana solana;
    private static RpcSolanaChain chain;
    private static PaymentRequirements offer;
    private static SolanaFacilitator facilitator;

    @BeforeAll
    static void start() {
        solana = LocalSolana.start(0);
        chain = new RpcSolanaChain(solana.rpcUrl(), Duration.ofSeconds(5), Duration.ofSeconds(20));
        String operator = solana.address(OPERATOR);
        offer = new PaymentRequirements(PaymentRequirements.EXACT, Network.SOLANA, PRICE, UsdcMint.SOLANA.asset(),
                operator, 60, Map.of(PaymentRequirements.FEE_PAYER, operator, PaymentRequirements.PAYMENT_FLOW,
                        PaymentRequirements.UPFRONT));
        facilitator = new SolanaFacilitator(chain, () -> solana.wallet(OPERATOR), Network.SOLANA, FeeLimits.DEFAULT,
                Set.of(operator), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        solana.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theirPayerPaysThroughOurFacilitator(int version) {
        JsonNode asked = version == 1 ? offer.toV1Json(SOLD) : offer.toV2Json();
        ObjectNode made = (ObjectNode) THEIRS.step(solana.rpcUrl(), solana.privateKey(AGENT), Map.of("STEP", "pay",
                "VERSION", Integer.toString(version), "REQUIREMENTS", asked.toString()));
        if (version == 2) {
            made.set("accepted", asked);
        }
        Payment payment = new Payment(decoded(made), offer);
        long before = solana.balanceOf(offer.payTo());

        assertThat(facilitator.verify(payment)).isEqualTo(new Verification.Verified(solana.address(AGENT)));
        SettlementHandle handle = ((Preparation.Prepared) facilitator.prepare(payment)).handle();
        assertThat(facilitator.settle(payment, handle, PATIENCE))
                .isEqualTo(new Settlement.Settled(handle.transaction()));
        assertThat(solana.balanceOf(offer.payTo()) - before).isEqualTo(PRICE.micros());
    }

    @Test
    void ourPayerPaysThroughTheirFacilitator() {
        solana.fund(offer.payTo(), 0);
        OfferSigner payer = PayingClient.of(solana.wallet(AGENT), chain, PRICE).signer();
        PaymentPayload payment = payer.sign(ReceivedOffers.inHeader(
                new PaymentRequired("", SOLD, List.of(offer)).v2Header()).getFirst());
        long before = solana.balanceOf(offer.payTo());

        JsonNode answer = THEIRS.step(solana.rpcUrl(), solana.privateKey(OPERATOR), Map.of("STEP", "settle",
                "PAYMENT", payment.toJson().toString(), "REQUIREMENTS", offer.toV2Json().toString()));

        assertThat(answer.path("success").asBoolean()).as("%s", answer).isTrue();
        assertThat(answer.path("payer").asText()).isEqualTo(solana.address(AGENT));
        assertThat(solana.balanceOf(offer.payTo()) - before).isEqualTo(PRICE.micros());
    }

    private static PaymentPayload decoded(ObjectNode made) {
        Optional<String> header = Optional.of(WireJson.headerText(made));
        DecodedPayment payment = made.path("x402Version").asInt() == 1
                ? PaymentHeaders.decode(Optional.empty(), header)
                : PaymentHeaders.decode(header, Optional.empty());
        return ((DecodedPayment.Decoded) payment).payload();
    }
}
