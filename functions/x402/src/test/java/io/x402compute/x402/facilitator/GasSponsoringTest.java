package io.x402compute.x402.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.x402.evm.Permits;
import io.x402compute.x402.evm.Vectors;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Eip2612Permit;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentHeaders;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.WireJson;

/** A payer who has never approved Permit2 signs that, too, and whoever settles hands it in with the payment. */
class GasSponsoringTest {
    private static final BigInteger AMOUNT = BigInteger.valueOf(10_000);
    private static final BigInteger DEADLINE = BigInteger.valueOf(Vectors.VALID_BEFORE);

    private final OnchainBench bench = new OnchainBench();
    private final Eip2612Permit approval = OnchainBench.PAYER.approvePermit2(Permits.OFFER, AMOUNT, BigInteger.ZERO,
            DEADLINE);

    @BeforeEach
    void mineAtOnce() {
        bench.chain.setMinesAtOnce();
    }

    @Test
    void oneTransactionApprovesAndPays() {
        Payment payment = with(approval);
        assertThat(bench.facilitator.verify(payment)).isInstanceOf(Verification.Verified.class);

        SettlementHandle handle = ((Preparation.Prepared) bench.facilitator.prepare(payment)).handle();
        assertThat(bench.facilitator.settle(payment, handle, Duration.ZERO))
                .isEqualTo(new Settlement.Settled(handle.transaction()));

        assertThat(bench.chain.token().balance(Vectors.PAYEE)).isEqualTo(10_000);
        assertThat(new OnchainTransfers(bench.chain).find(payment))
                .isEqualTo(new TransferLookup.TransferEvidence.Moved(handle.transaction()));
    }

    @Test
    void itTravelsInTheExtensionsOfAPayment() {
        Payment payment = with(approval);
        assertThat(PaymentHeaders.decode(Optional.of(payment.payload().headerText()), Optional.empty()))
                .isEqualTo(new DecodedPayment.Decoded(payment.payload()));
    }

    @ParameterizedTest
    @CsvSource({"from, 0x70997970C51812dc3A010C7d01b50e0d17dc79C8, eip2612_from_mismatch",
        "asset, 0x70997970C51812dc3A010C7d01b50e0d17dc79C8, eip2612_asset_mismatch",
        "spender, 0x70997970C51812dc3A010C7d01b50e0d17dc79C8, eip2612_spender_not_permit2",
        "deadline, 1740672104, eip2612_deadline_expired", "deadline, soon, invalid_eip2612_extension_format",
        "amount, -1, invalid_eip2612_extension_format", "nonce, 0x, invalid_eip2612_extension_format",
        "from, me, invalid_eip2612_extension_format", "signature, 0x12, invalid_eip2612_extension_format",
        "amount, 9999, permit2_2612_amount_mismatch"})
    void whatIsWrongWithItIsNamed(String field, String value, String reason) {
        ObjectNode extensions = approval.toExtensions();
        ((ObjectNode) extensions.at("/eip2612GasSponsoring/info")).put(field, value);

        assertThat(bench.facilitator.verify(with(extensions))).isInstanceOfSatisfying(Verification.Rejected.class,
                no -> assertThat(no.reason()).isEqualTo(reason));
        assertThat(bench.facilitator.prepare(with(extensions))).isInstanceOfSatisfying(Preparation.Refused.class,
                no -> assertThat(no.reason()).isEqualTo(reason));
    }

    @Test
    void anApprovalThatTheTokenDoesNotTakeLeavesThePayerWithoutOne() {
        Eip2612Permit used = OnchainBench.PAYER.approvePermit2(Permits.OFFER, AMOUNT, BigInteger.ONE, DEADLINE);
        assertThat(bench.facilitator.verify(with(used))).isInstanceOfSatisfying(Verification.Rejected.class,
                no -> assertThat(no.reason()).isEqualTo("permit2_allowance_required"));
    }

    @Test
    void aSellersOwnWordsSentBackAreNoApproval() {
        ObjectNode echo = WireJson.object();
        echo.putObject("eip2612GasSponsoring").putObject("info").put("description", "").put("version", "1");
        bench.chain.token().approvePermit2(Vectors.ADDRESS_A, 10_000);
        assertThat(bench.facilitator.verify(with(echo)))
                .isEqualTo(new Verification.Verified(Hex.lowerCase(Vectors.ADDRESS_A)));
    }

    private static Payment with(Eip2612Permit approval) {
        return with(approval.toExtensions());
    }

    private static Payment with(ObjectNode extensions) {
        PaymentPayload plain = Permits.payment(
                new SchemePayload.Permit2(Permits.permit(Vectors.ADDRESS_A), Permits.SIGNATURE)).payload();
        return new Payment(new PaymentPayload(plain.version(), plain.scheme(), plain.network(), plain.schemePayload(),
                plain.resource(), plain.accepted(), Optional.of(extensions)), Permits.OFFER);
    }
}
