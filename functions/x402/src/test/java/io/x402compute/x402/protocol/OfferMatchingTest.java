package io.x402compute.x402.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferMatchingTest {
    private static final PaymentRequirements OFFER = Vectors.OFFER;
    private static final PaymentRequirements OLDER_PRICE = OFFER.withAmount(new Usdc(9_000));
    private static final PaymentRequirements NEWER_PRICE = OFFER.withAmount(new Usdc(11_000));

    @Test
    void version2PaymentAnswersTheOfferItNames() {
        assertThat(OfferMatching.match(accepting(OFFER.toV2Json()), List.of(NEWER_PRICE, OFFER, OLDER_PRICE)))
                .contains(OFFER);
    }

    @ParameterizedTest
    @CsvSource({"amount,10001", "amount,010000", "asset,0x036cbd53842c5426634e7929541ec2318f3dcf7e",
        "payTo,0x209693bc6afc0c5328ba36faf03c514ef312287c", "network,eip155:8453", "scheme,upto"})
    void version2PaymentForOtherTermsAnswersNothing(String field, String value) {
        assertThat(OfferMatching.match(accepting(OFFER.toV2Json().put(field, value)), List.of(OFFER))).isEmpty();
    }

    @Test
    void timeoutBelongsToTheTerms() {
        assertThat(OfferMatching.match(accepting(OFFER.toV2Json().put("maxTimeoutSeconds", 61)), List.of(OFFER)))
                .isEmpty();
    }

    @Test
    void clientMayAddToExtraButNotTakeAway() {
        ObjectNode more = OFFER.toV2Json();
        more.withObject("/extra").put("note", "mine");
        ObjectNode less = OFFER.toV2Json();
        less.withObject("/extra").remove("version");

        assertThat(OfferMatching.match(accepting(more), List.of(OFFER))).contains(OFFER);
        assertThat(OfferMatching.match(accepting(less), List.of(OFFER))).isEmpty();
    }

    @Test
    void version1PaymentAnswersTheOfferWithTheAmountItSigned() {
        assertThat(OfferMatching.match(Vectors.version1(), List.of(NEWER_PRICE, OFFER, OLDER_PRICE))).contains(OFFER);
    }

    @Test
    void version1PaymentOfAnotherAmountIsJudgedByTheFirstOffer() {
        assertThat(OfferMatching.match(Vectors.version1(), List.of(NEWER_PRICE, OLDER_PRICE))).contains(NEWER_PRICE);
    }

    @Test
    void version1PaymentOnAnotherNetworkAnswersNothing() {
        var elsewhere = new PaymentRequirements("exact", Network.BASE, OFFER.amount(), OFFER.asset(), OFFER.payTo(), 60,
                Map.of());

        assertThat(OfferMatching.match(Vectors.version1(), List.of(elsewhere))).isEmpty();
    }

    private static PaymentPayload accepting(ObjectNode accepted) {
        return new PaymentPayload(2, "exact", Network.BASE_SEPOLIA,
                Vectors.signedBy(Vectors.PAYER, Vectors.SIGNATURE), Optional.of(accepted), Optional.empty());
    }
}
