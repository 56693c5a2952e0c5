package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.RequestBody;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.PaidSegment;
import io.x402compute.instance.Rentals;
import io.x402compute.x402.protocol.DecodedPayment;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Usdc;

/** What is quoted is what is then asked. */
class QuoteTest {
    private static final Map<String, String> DAY = Map.of("plan", FakeCatalogue.PLAN, "region", FakeCatalogue.REGION,
            "prepaid_hours", "24");

    private final Shop shop = new Shop();

    @Test
    void machineIsQuotedWithoutAnythingButWhatPricesIt() {
        Quote quote = shop.quote(DAY);

        assertThat(quote.hourly()).isEqualTo(FakeCatalogue.FIRST_HOURLY);
        assertThat(quote.total()).isEqualTo(Shop.day());
        assertThat(quote.networks()).containsExactly(Network.BASE);
        assertThat(quote.validUntil()).isEqualTo(shop.clock.instant().plusSeconds(300));
        assertThat(shop.quote(Map.of("plan", FakeCatalogue.PLAN, "region", FakeCatalogue.REGION)).hours())
                .as("as a request to buy has it").isEqualTo(720);
    }

    @Test
    void quotedPriceIsPaidAfterItHasRisen() {
        Quote quote = shop.quote(DAY);
        shop.catalogue.price(new Usdc(80_000), shop.clock.instant());
        shop.clock.advance(Duration.between(shop.clock.instant(), quote.validUntil()));

        assertThat(shop.buy(shop.payment(Shop.AGENT, quote.total()))).isInstanceOf(CheckoutResult.Ordered.class);
    }

    @Test
    void whatCannotBeBoughtIsNotQuoted() {
        assertRefused("unknown_plan", Map.of("plan", "none", "region", "ewr"));
        assertRefused("missing_field", Map.of("plan", FakeCatalogue.PLAN));
        assertRefused("prepaid_period_too_short", Map.of("plan", FakeCatalogue.PLAN, "region", "ewr", "prepaid_hours",
                "23"));
        assertRefused("unsupported_network", Map.of("plan", FakeCatalogue.PLAN, "region", "ewr", "network", "solana"));
        shop.catalogue.soldOut();
        assertRefused("out_of_stock", DAY);
    }

    @Test
    void moreTimeIsQuotedToItsOwnerAsItIsThenAsked() {
        Instance instance = rented();
        shop.catalogue.price(new Usdc(80_000), shop.clock.instant());

        Quote quote = shop.quoteExtension(instance, Map.of("extend_hours", "48"), Shop.AGENT.wallet());

        CheckoutResult.Challenged asked = (CheckoutResult.Challenged) shop.extend(instance, "{\"extend_hours\":48}",
                new DecodedPayment.None(), Optional.empty());
        assertThat(quote.hours()).isEqualTo(48);
        assertThat(quote.total()).isEqualTo(asked.challenge().accepts().getFirst().amount());
    }

    @Test
    void moreTimeIsQuotedToNobodyElse() {
        Instance instance = rented();

        assertThatThrownBy(() -> shop.quoteExtension(instance, Map.of(), Shop.OTHER_AGENT.wallet()))
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.status()).isEqualTo(404));
    }

    private Instance rented() {
        Instant now = shop.clock.instant();
        Instance instance = Instance.ordered(InstanceId.of("5f0c7d5e-3c7b-4c7e-9a51-7d1f0a2b3c4d"),
                Shop.AGENT.wallet(), Rentals.SPEC, PaidSegment.ofHours("first", 24, FakeCatalogue.FIRST_HOURLY), now);
        shop.instances.insert(instance);
        return instance;
    }

    private void assertRefused(String code, Map<String, String> query) {
        assertThatThrownBy(() -> shop.quote(query)).isInstanceOfSatisfying(ApiException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    static RequestBody query(Map<String, String> query) {
        return RequestBody.ofQuery(new ApiRequest("GET", "/compute/quote", Map.of(), query, "", Map.of(), new byte[0],
                "test", "https://api", Instant.MAX), "prepaid_hours", "extend_hours");
    }
}
