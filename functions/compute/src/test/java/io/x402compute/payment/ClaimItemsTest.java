package io.x402compute.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import io.x402compute.x402.evm.Eip1559Transaction;
import io.x402compute.x402.evm.Eip3009Token;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

class ClaimItemsTest {
    private static final int KILOBYTE = 1024;
    /** What the index of unfinished claims and the token of a write add to the item. */
    private static final int AROUND = 28 + 21;
    private static final String REQUEST = """
            {"plan":"vcg-a100-12c-120g-80vram","region":"ewr","os_id":2284,"label":"training-run-17","prepaid_hours":720,\
            "network":"base","hostname":"training-17","ssh_public_key":"ssh-ed25519 \
            AAAAC3NzaC1lZDI1NTE5AAAAIEFQ5zTnX0mC4i8fWBl1l3XlhhW3uZyYhYfD2oPGCoTc"}""";

    @ParameterizedTest
    @EnumSource(names = {"CLAIMED", "SETTLING", "SETTLED", "FULFILLED"})
    void aTypicalClaimFitsIntoAKilobyteOnItsWay(PaymentState state) {
        Claim claim = typical(state);

        assertThat(size(ClaimItems.write(claim).attributes())).isLessThanOrEqualTo(KILOBYTE - AROUND);
        assertThat(ClaimItems.read(ClaimItems.write(claim)).order()).isEqualTo(claim.order());
    }

    @Test
    void aPaymentByPermit2IsKeptAsItWasSigned() {
        Payment payment = Claims.byPermit2(EvmWallet.of("0x" + random()));
        Claim claim = Claim.of(payment, Claims.order(), Claims.NOW, Claims.LEASE_END);

        assertThat(ClaimItems.read(ClaimItems.write(claim)).payment()).contains(payment);
        assertThat(size(ClaimItems.write(claim).attributes())).isLessThanOrEqualTo(KILOBYTE - AROUND);
    }

    @Test
    void aPermitForAMaximumIsKeptBesideWhatIsTakenOfIt() {
        Payment payment = Claims.upTo(EvmWallet.of("0x" + random()));
        Claim ran = Claim.of(payment, Claims.order(), Claims.NOW, Claims.LEASE_END).running().ran(new Usdc(7));
        Claim refunding = Claims.signed(ran.settled(Claims.TRANSACTION, Claims.NOW)
                .refundDue("run_failed", Remedy.REFUND));

        Claim read = ClaimItems.read(ClaimItems.write(ran));

        assertThat(read.payment()).contains(payment);
        assertThat(read.transfer()).isEqualTo(payment.taking(new Usdc(7)));
        assertThat(read.ceiling()).isEqualTo(payment.requirements().amount());
        assertThat(refunding.refundTerms().offer().amount()).isEqualTo(new Usdc(7));
        assertThat(ClaimItems.read(ClaimItems.write(refunding)).refund()).isEqualTo(refunding.refund());
        assertThat(size(ClaimItems.write(ran).attributes())).isLessThanOrEqualTo(KILOBYTE - AROUND);
    }

    @Test
    void whatAProofHasPaidIsKeptWithItsTransactionAndItsRefund() {
        EvmWallet payer = EvmWallet.of("0x" + random());
        Claim paid = Claim.of(new PaymentKey("eip155:8453/transfer/" + Claims.TRANSACTION + "/0"),
                new Tender.Proof(payer.wallet(), Claims.OFFER, Claims.TRANSACTION), Claims.order(), Claims.NOW,
                Claims.LEASE_END).settled(Claims.TRANSACTION, Claims.NOW);
        Claim refunding = Claims.signed(paid.refundDue("run_failed", Remedy.REFUND));

        assertThat(ClaimItems.read(ClaimItems.write(paid)).tender()).isEqualTo(paid.tender());
        assertThat(ClaimItems.read(ClaimItems.write(refunding)).refund()).isEqualTo(refunding.refund());
    }

    private static Claim typical(PaymentState state) {
        Instant now = Claims.NOW;
        EvmWallet payer = EvmWallet.of("0x" + random());
        PaymentRequirements offer = Claims.OFFER.withAmount(Claims.OFFER.amount());
        Eip3009Authorization authorization = new Eip3009Authorization(payer.address(), offer.payTo(),
                BigInteger.valueOf(offer.amount().micros()), BigInteger.ZERO,
                BigInteger.valueOf(now.plusSeconds(300).getEpochSecond()), "0x" + random());
        SchemePayload.Eip3009 signed = payer.authorize(authorization, offer);
        Payment payment = new Payment(new PaymentPayload(1, PaymentRequirements.EXACT, Network.BASE, signed,
                Optional.empty(), Optional.empty()), offer);
        Claim claim = Claim.of(payment, new OrderBinding(new OrderId(UUID.randomUUID()), "PROVISION",
                UUID.randomUUID().toString(), random(), REQUEST), now, Claims.LEASE_END);
        Eip1559Transaction.Signed sent = new Eip1559Transaction(8453, 70_123,
                BigInteger.valueOf(1_250_000), BigInteger.valueOf(23_456_789), 131_072,
                offer.asset(), Eip3009Token.transfer(signed)).signedBy(payer);
        return at(state, claim, new SettlementHandle(sent.hash(), sent.raw(), 70_123).at("onchain"));
    }

    private static Claim at(PaymentState state, Claim claim, SettlementHandle handle) {
        return switch (state) {
            case CLAIMED -> claim;
            case SETTLING -> claim.settling(handle, Claims.LEASE_END);
            case SETTLED -> at(PaymentState.SETTLING, claim, handle).settled(handle.transaction(), Claims.NOW);
            case FULFILLED -> at(PaymentState.SETTLED, claim, handle).fulfilled();
            default -> throw new AssertionError(state);
        };
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** As DynamoDB counts: names and values, and three bytes for each list or map and one for each member. */
    private static int size(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream().mapToInt(entry -> entry.getKey().length() + size(entry.getValue())).sum();
    }

    private static int size(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s().getBytes(StandardCharsets.UTF_8).length;
            case N -> (value.n().length() + 1) / 2 + 1;
            case B -> value.b().asByteArray().length;
            case BOOL -> 1;
            case M -> 3 + value.m().size() + size(value.m());
            case L -> 3 + value.l().stream().mapToInt(member -> 1 + size(member)).sum();
            case SS, NS, BS, NUL, UNKNOWN_TO_SDK_VERSION -> throw new AssertionError(value.type());
        };
    }
}
