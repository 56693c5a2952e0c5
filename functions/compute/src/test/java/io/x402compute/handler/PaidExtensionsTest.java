package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.contract.ApiContract;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.http.RequestBody;
import io.x402compute.http.Requests;
import io.x402compute.mcp.Tools;
import io.x402compute.order.ExtendRequest;
import io.x402compute.order.ProvisionRequest;
import io.x402compute.order.RentalLimits;
import io.x402compute.payment.Claims;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.extension.Discovery;
import io.x402compute.x402.extension.Listing;
import io.x402compute.x402.extension.ToolDiscovery;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.Resource;
import io.x402compute.x402.protocol.SettlementResponse;
import io.x402compute.x402.protocol.Usdc;

class PaidExtensionsTest {
    /** Together with a payment that sends everything back, a request stays within the 10,240 bytes of the gateway. */
    private static final int ROOM = 4096;
    private static final EvmWallet SELLER = EvmWallet.of("0x" + "22".repeat(32));
    private static final String API = "https://abcdefghij.execute-api.ap-southeast-2.amazonaws.com";

    private final ManualClock clock = new ManualClock(Claims.NOW);

    static Stream<Arguments> routes() {
        return Stream.of(
                Arguments.of(SoldHere.machine(), "/compute/provision", "A GPU machine, prepaid by the hour"),
                Arguments.of(SoldHere.time(), "/compute/instances/0198c0de-0000-7000-8000-000000000000/extend",
                        "More time for a GPU machine, prepaid by the hour"),
                Arguments.of(SoldHere.credit(), "/compute/credits/topup", "Credit for GPU machines"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("routes")
    void headerWithEverythingOnBothNetworksHasRoom(Discovery route, String path, String description) {
        PaymentRequired challenge = new PaymentRequired("invalid_exact_evm_payload_authorization_valid_before",
                new Resource(API + path, description, "application/json"), offers());

        assertThat(extensions(route, Optional.of(SELLER)).offer(challenge).v2Header()).hasSizeLessThan(ROOM);
    }

    /** No header brings it, but a payment that sends it all back must not be too long for one. */
    @ParameterizedTest
    @ValueSource(strings = {"provision_instance", "extend_instance"})
    void whatAToolSaysCanComeBackWithItsPayment(String name) {
        ToolDiscovery tool = Tools.of(ApiContract.read()).all().stream().filter(any -> any.name().equals(name))
                .findFirst().orElseThrow().discovery();
        PaymentRequired challenge = new PaymentRequired("", new Resource(tool.resourceUrl(), "", ""), offers());

        PaymentRequired told = extensions(tool, Optional.of(SELLER)).offer(challenge);

        assertThat(told.v2Header()).hasSizeLessThan(2 * ROOM);
        assertThat(told.extensions().get("bazaar").at("/info/input/toolName").textValue()).isEqualTo(name);
    }

    @Test
    void withoutAKeyNothingIsSigned() {
        PaymentRequired challenge = new PaymentRequired("", new Resource(API, "", ""), offers());
        SettlementResponse settled = SettlementResponse.settled("0x01", Network.BASE, SELLER.wallet().address());

        PaidExtensions unsigned = extensions(SoldHere.credit(), Optional.empty());

        assertThat(unsigned.offer(challenge).extensions()).containsOnlyKeys("payment-identifier", "bazaar");
        assertThat(unsigned.receipt(settled, Claims.in(PaymentState.SETTLED), API, API)).isEqualTo(settled);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("routes")
    void everyRouteSaysWhatItTakes(Discovery route) {
        assertThat(route.example().propertyStream().map(Map.Entry::getKey))
                .isSubsetOf(route.schema().path("properties").propertyStream().map(Map.Entry::getKey).toList());
        assertThat(route.schema().path("required")).allSatisfy(
                needed -> assertThat(route.example().has(needed.textValue())).isTrue());
    }

    @Test
    void examplesAreOrdersThatAreTaken() {
        RentalLimits limits = new RentalLimits(24, 4320);

        assertThat(ProvisionRequest.of(body(SoldHere.machine()), limits).hours()).isEqualTo(24);
        assertThat(ExtendRequest.of(body(SoldHere.time()), limits).hours()).isEqualTo(24);
        assertThat(body(SoldHere.credit()).decimal("amount", BigDecimal.ONE, BigDecimal.TEN, 6))
                .isEqualByComparingTo("5");
    }

    private static RequestBody body(Discovery route) {
        return RequestBody.of(Requests.post("/", Json.write(route.example())));
    }

    private PaidExtensions extensions(Listing route, Optional<EvmWallet> seller) {
        return new PaidExtensions(route, () -> seller, clock);
    }

    /** As dear as can be. */
    private static List<PaymentRequirements> offers() {
        Map<String, String> environment = Map.of("PAY_TO", SELLER.address(), "FACILITATOR", "onchain",
                "SOLANA_PAY_TO", "CKPKJWNdJEqa81x7CkZ14BVPiY6y16Sxs7owznqtWYp5",
                "SOLANA_FEE_PAYER", "CKPKJWNdJEqa81x7CkZ14BVPiY6y16Sxs7owznqtWYp5");
        return PaymentRail.terms(new Settings(environment)).offers().stream()
                .map(offer -> offer.withAmount(new Usdc(9_999_999_999_999L))).toList();
    }
}
