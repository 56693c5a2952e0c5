package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.solana.Vectors;

/** Payments on Solana through somebody else's facilitator. */
class RemoteSolanaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final SolanaBench bench = new SolanaBench(5);
    private FacilitatorDouble other;
    private RemoteFacilitator facilitator;

    @BeforeEach
    void start() throws IOException {
        other = new FacilitatorDouble();
        facilitator = new RemoteFacilitator(other.base(), new Resource("https://api.example.com", "", ""),
                Duration.ofSeconds(5), Duration.ofSeconds(20), bench.clock);
    }

    @AfterEach
    void stop() {
        other.close();
    }

    @Test
    void whatHoldsHereIsShownAsItCame() {
        other.answers(200, "{\"isValid\":true,\"payer\":\"%s\"}".formatted(Vectors.PAYER.address()));
        Payment payment = bench.payment();
        assertThat(facilitator.verify(payment)).isEqualTo(new Verification.Verified(Vectors.PAYER.address()));
        assertThat(other.envelopes()).singleElement().satisfies(envelope -> {
            assertThat(envelope.get("paymentPayload")).isEqualTo(payment.payload().toJson());
            assertThat(envelope.at("/paymentRequirements/extra/feePayer").asText())
                    .isEqualTo(Vectors.FEE_PAYER.address());
        });
    }

    @Test
    void whatDoesNotHoldHereIsNotAsked() {
        Payment cheap = SolanaBench.payment(
                ((SchemePayload.Solana) bench.payment().payload().schemePayload())
                        .payment(),
                SolanaBench.OFFER.withAmount(new Usdc(1)));
        assertThat(facilitator.verify(cheap)).isInstanceOfSatisfying(Verification.Rejected.class,
                rejected -> assertThat(rejected.reason()).isEqualTo("invalid_exact_svm_payload_amount_mismatch"));
        assertThat(other.envelopes()).isEmpty();
    }

    @Test
    void aReceiptNamesTheTransactionInItsOwnLetters() {
        other.answers(200, receipt(Vectors.TRANSACTION_ID, Vectors.PAYER.address()));
        assertThat(facilitator.settle(bench.payment(), SettlementHandle.REMOTE, PATIENCE))
                .isEqualTo(new Settlement.Settled(Vectors.TRANSACTION_ID));
    }

    @Test
    void aReceiptOfAnotherChainOrPayerIsNone() {
        other.answers(200, receipt("0x" + "ab".repeat(32), Vectors.PAYER.address()));
        other.answers(200, receipt(Vectors.TRANSACTION_ID, Vectors.wallet(9).address()));
        assertThat(facilitator.settle(bench.payment(), SettlementHandle.REMOTE, PATIENCE))
                .isInstanceOf(Settlement.Unknown.class);
        assertThat(facilitator.settle(bench.payment(), SettlementHandle.REMOTE, PATIENCE))
                .isInstanceOf(Settlement.Unknown.class);
    }

    private static String receipt(String transaction, String payer) {
        return "{\"success\":true,\"transaction\":\"%s\",\"network\":\"%s\",\"payer\":\"%s\"}"
                .formatted(transaction, SolanaBench.OFFER.network().caip2(), payer);
    }
}
