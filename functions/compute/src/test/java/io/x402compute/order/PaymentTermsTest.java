package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.x402compute.inference.FakeInference;
import io.x402compute.payment.Claims;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Permit2Authorization;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;

/** Two ways to pay on one network. */
class PaymentTermsTest {
    private static final EvmWallet PAYER = EvmWallet.of("0x" + "11".repeat(32));
    private static final Payment BY_PERMIT2 = Claims.byPermit2(PAYER);
    private static final PaymentRequirements PERMIT2_OFFER = BY_PERMIT2.requirements().withAmount(Usdc.ZERO);
    private static final PaymentTerms TERMS = new PaymentTerms(
            List.of(Claims.OFFER.withAmount(Usdc.ZERO), PERMIT2_OFFER));

    @Test
    void aPaymentAnswersTheOfferOfItsKind() {
        assertThat(TERMS.askingFor(BY_PERMIT2.payload())).contains(PERMIT2_OFFER);
        assertThat(TERMS.askingFor(BY_PERMIT2.payload(), List.of(new Usdc(1), new Usdc(2)))).hasSize(2)
                .allMatch(PaymentRequirements::isByPermit2);
        assertThat(new PaymentTerms(List.of(Claims.OFFER)).askingFor(BY_PERMIT2.payload())).isEmpty();
    }

    @Test
    void bothAreOfferedAndTheNetworkIsNamedOnce() {
        assertThat(TERMS.challenge(null, Optional.of(Network.BASE), new Usdc(7), "").accepts())
                .extracting(PaymentRequirements::isByPermit2).containsExactly(false, true);
        assertThat(TERMS.networks()).containsExactly(Network.BASE);
    }

    @Test
    void whatIsMeteredIsOfferedLastForAsMuchAsIsUsedAndNothingElseIs() {
        PaymentTerms ours = new PaymentTerms(TERMS.offers(), Optional.of(() -> Claims.OFFER.payTo()));
        Shop shop = new Shop();

        PaymentTerms metered = ours.of(shop.wish(FakeInference.METERED));

        assertThat(metered.offers()).extracting(PaymentRequirements::scheme).containsExactly("exact", "exact", "upto");
        assertThat(metered.offers().getLast()).isEqualTo(PERMIT2_OFFER.upTo(Claims.OFFER.payTo()));
        assertThat(metered.schemes()).containsExactlyInAnyOrder("exact", "upto");
        assertThat(TERMS.of(shop.wish(FakeInference.METERED)).schemes()).containsExactly("exact");
        assertThat(ours.of(shop.wish(FakeInference.IMAGE)).schemes()).containsExactly("exact");
        assertThat(ours.of(shop.wish(FakeInference.VIDEO))).isEqualTo(ours);
    }

    @Test
    void whatIsDoneFirstIsOfferedToBePaidAfterwards() {
        assertThat(TERMS.of(new Shop().wish(FakeInference.IMAGE)).offers())
                .noneMatch(offer -> offer.extra().containsKey(PaymentRequirements.PAYMENT_FLOW));
    }

    @Test
    void whatWasSignedForUsCountsAndNothingElse() {
        assertThat(TERMS.asSigned(BY_PERMIT2.payload())).contains(BY_PERMIT2);
        Permit2Authorization permit = ((SchemePayload.Permit2) BY_PERMIT2.payload().schemePayload()).authorization();
        assertThat(TERMS.asSigned(signed(permit, PAYER.wallet().address(), permit.to()))).isEmpty();
        assertThat(TERMS.asSigned(signed(permit, permit.token(), PAYER.wallet().address()))).isEmpty();
    }

    private static PaymentPayload signed(Permit2Authorization permit, String token, String to) {
        Permit2Authorization other = new Permit2Authorization(permit.from(), token, permit.amount(), permit.spender(),
                BigInteger.ONE, permit.deadline(), to, permit.validAfter());
        return new PaymentPayload(2, PaymentRequirements.EXACT, Network.BASE, PAYER.authorize(other, Network.BASE),
                Optional.empty(), Optional.empty());
    }
}
