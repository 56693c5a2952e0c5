package io.x402compute.x402.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.evm.TypedMessage;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.SettlementResponse;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.UsdcToken;
import io.x402compute.x402.protocol.WireJson;

/** Against signatures that the reference implementation made with the same key, and accepts. */
class OfferReceiptTest {
    private static final EvmWallet SELLER = EvmWallet
            .of("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
    private static final String URL = "https://api.example.com/premium-data";
    private static final String ORDER = "https://api.example.com/orders/1";
    private static final String PAY_TO = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    private static final PaymentRequirements ACCEPTED = new PaymentRequirements("exact", Network.BASE,
            new Usdc(10_000), UsdcToken.BASE.asset(), PAY_TO, 60, Map.of("name", "USD Coin", "version", "2"));
    private static final PaymentRequired CHALLENGE = new PaymentRequired("Payment required",
            new Resource(URL, "", "application/json"), List.of(ACCEPTED));
    private static final Receipt SALE = new Receipt("eip155:8453", URL, "0x857b06519E91e3A54538791bDbb0E22373e36b66",
            1703123456, "");

    private static final String OFFER_SIGNATURE = "0x57073060e55da4e8a97e47dd390e7c2db8ac1fb7f53bbe0dc253a08267b3a9097f595505f2"
            + "c47421ede1cc84c1360eba670ccd4011933ace67e6482abea885971b";
    private static final String RECEIPT_SIGNATURE = "0x4f98ad0be21e9eb48ec1aeb7a65f25100f7db10a8e1870aa4021cbd6985013d01451045373c"
            + "2f5f74ac168e90cee435f13284beaa500f570ab7584cdde05e1021c";

    @Test
    void offerIsSignedAsTheReferenceSignsIt() {
        ObjectNode said = OfferReceipt.offers(SELLER, CHALLENGE, Instant.ofEpochSecond(1703123456))
                .get(OfferReceipt.KEY);

        ObjectNode offer = (ObjectNode) said.at("/info/offers/0");
        assertThat(offer.path("signature").textValue()).isEqualTo(OFFER_SIGNATURE);
        assertThat(offer.path("format").textValue()).isEqualTo("eip712");
        assertThat(offer.path("acceptIndex").intValue()).isZero();
        assertThat(offer.path("payload").toString()).isEqualTo(
                "{\"version\":1,\"resourceUrl\":\"%s\",\"scheme\":\"exact\",\"network\":\"eip155:8453\",\"asset\":\"%s\","
                        .formatted(URL, UsdcToken.BASE.asset())
                        + "\"payTo\":\"%s\",\"amount\":\"10000\",\"validUntil\":1703123516}".formatted(PAY_TO));
    }

    @Test
    void everyWayToPayIsOfferedUnderItsIndex() {
        PaymentRequired two = new PaymentRequired("", CHALLENGE.resource(),
                List.of(ACCEPTED, ACCEPTED.withAmount(new Usdc(7))));

        ObjectNode said = OfferReceipt.offers(SELLER, two, Instant.EPOCH).get(OfferReceipt.KEY);

        assertThat(said.at("/info/offers")).hasSize(2);
        assertThat(said.at("/info/offers/1/acceptIndex").intValue()).isEqualTo(1);
        assertThat(said.at("/info/offers/1/payload/amount").textValue()).isEqualTo("7");
        assertThat(Offer.of(URL, two.accepts().get(1), Instant.EPOCH).message()
                .signer(said.at("/info/offers/1/signature").textValue())).contains(SELLER.wallet());
    }

    @Test
    void receiptIsSignedAsTheReferenceSignsItAndAnotherNamesTheOrder() {
        ObjectNode said = OfferReceipt.receipt(SELLER, SALE, ORDER).get(OfferReceipt.KEY);

        assertThat(said.at("/info/receipt/signature").textValue()).isEqualTo(RECEIPT_SIGNATURE);
        assertThat(said.at("/info/receipt/payload/resourceUrl").textValue()).isEqualTo(URL);
        assertThat(said.at("/info/orderReceipt/payload/resourceUrl").textValue()).isEqualTo(ORDER);
        assertThat(SALE.about(ORDER).message().signer(said.at("/info/orderReceipt/signature").textValue()))
                .contains(SELLER.wallet());
    }

    @Test
    void whateverIsChangedIsNotWhatWasSigned() {
        Receipt other = new Receipt(SALE.network(), SALE.resourceUrl(), SALE.payer(), SALE.issuedAt() + 1, "");

        assertThat(SALE.message().signer(RECEIPT_SIGNATURE)).contains(SELLER.wallet());
        assertThat(other.message().signer(RECEIPT_SIGNATURE)).isPresent().isNotEqualTo(
                SALE.message().signer(RECEIPT_SIGNATURE));
        assertThat(SALE.message().signer("0x00")).isEmpty();
        assertThat(SALE.message().signer("signature")).isEmpty();
    }

    @Test
    void messageWithoutAllItsFieldsIsNotSigned() {
        TypedMessage half = new TypedMessage("x402 offer", 1, "Half(string a,string b)").text("a");

        assertThatThrownBy(() -> SELLER.sign(half))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onlyVersion2Carries() {
        SettlementResponse settled = SettlementResponse.settled("0x01", Network.BASE, SELLER.address())
                .with(OfferReceipt.receipt(SELLER, SALE, ORDER));

        assertThat(SettlementResponse.decode(settled.header(2)).map(receipt -> receipt.header(2)))
                .contains(settled.header(2));
        assertThat(WireJson.parseHeader(settled.header(1)).orElseThrow().has("extensions")).isFalse();
        PaymentRequired challenge = CHALLENGE.with(OfferReceipt.offers(SELLER, CHALLENGE, Instant.EPOCH));
        assertThat(challenge.v1Body()).isEqualTo(CHALLENGE.v1Body());
        assertThat(WireJson.parseHeader(challenge.v2Header()).orElseThrow().at("/extensions/offer-receipt/info/offers"))
                .hasSize(1);
    }
}
