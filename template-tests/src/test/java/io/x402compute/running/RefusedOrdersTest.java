package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PLAN;
import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.Fault;

/** The provider says no after the customer has paid. A no is a no in whatever words: the money goes back, once. */
class RefusedOrdersTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static final BigDecimal PREPAID = new BigDecimal("-10000");

    private final Agent agent = running.agent(3);

    @AfterEach
    void heal() {
        running.provider().heal();
        running.provider().restock(PLAN, REGION);
        running.provider().setInstanceLimit(Integer.MAX_VALUE);
        running.provider().setBalance(PREPAID);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | Server add failed: You have reached the maximum number of active instances for this account. | provider_refused
            400 | Server add failed: You have reached the maximum number of active virtual machines for this account. For security reasons, please contact our support team to have the limit raised | provider_refused
            400 | Server add failed: Please open a support request for access to this product. | provider_refused
            400 | Server add failed: One or more block devices are required. | provider_refused
            400 | Plan is not available in this location | no_capacity
            400 | Plan is not available in the selected datacenter.  This could mean you have chosen the wrong plan, or the location you have selected does not have any more capacity. | no_capacity
            400 | Invalid plan chosen. | provider_refused
            400 | Invalid region. | provider_refused
            400 | Bad request. | provider_refused
            400 | Server add failed: insufficient balance. | provider_refused
            400 | something nobody has seen yet | provider_refused
            403 | Forbidden | provider_unauthorized
            404 | Invalid ssh key. | provider_refused
            """)
    void aRefusalIsCreditedOnceAndNeverOrderedAgain(int status, String text, String code) {
        running.provider().inject(new Fault.CreateRefused(status, text));

        Sale sale = Sale.of(running, agent);
        Answer again = sale.again();
        running.awaitBoot();

        assertThat(sale.answer().status()).isEqualTo(503);
        assertThat(sale.answer().body().path("code").textValue()).isEqualTo(code);
        assertThat(sale.answer().body().path("error").textValue()).doesNotContain(text);
        assertThat(sale.answer().body().at("/details/credited").decimalValue().movePointRight(6))
                .isEqualByComparingTo(BigDecimal.valueOf(PRICE_MICROS));
        assertThat(again.status()).isEqualTo(503);
        assertThat(again.body().path("order_id")).isEqualTo(sale.answer().body().path("order_id"));
        sale.assertCredited();
        assertThat(sale.machines()).isEmpty();
    }

    @Test
    void stockThatIsGoneBetweenOfferAndOrderIsCredited() {
        Sale sale = Sale.of(running, agent, () -> running.provider().soldOut(PLAN, REGION));

        assertThat(sale.answer().status()).isEqualTo(503);
        assertThat(sale.answer().body().path("code").textValue()).isEqualTo("no_capacity");
        sale.assertCredited();
        running.provider().restock(PLAN, REGION);
        Sale.of(running, agent).untilActive().assertDelivered();
    }

    @Test
    void theAccountsOwnLimitIsARefusalLikeAnyOther() {
        running.provider().setInstanceLimit(running.provider().liveMachines().size());

        Sale sale = Sale.of(running, agent);

        assertThat(sale.answer().body().path("code").textValue()).isEqualTo("provider_refused");
        sale.assertCredited();
    }

    @Test
    void aKeyThatIsNotAllowedFromThisAddressLosesNobodysMoneyAndEndsWithItsCause() {
        running.provider().inject(new Fault.AddressNotAllowed("203.0.113.9"));

        Sale refused = Sale.of(running, agent);
        running.provider().heal();

        assertThat(refused.answer().status()).isEqualTo(503);
        assertThat(refused.answer().body().toString()).doesNotContain("203.0.113.9");
        refused.assertCredited();
        Sale.of(running, agent).untilActive().assertDelivered();
    }

    @Test
    void noSaleAsksForTheOperatorsBalance() {
        List<Fault> unreadable = List.of(
                new Fault.FieldMissing("/account", "balance"),
                new Fault.AnswerTruncated("/account"),
                new Fault.CallFails("/account", 500, "Internal server error."));
        running.provider().setBalance(new BigDecimal("12.5"));
        unreadable.forEach(running.provider()::inject);
        int before = running.provider().requests().size();

        Sale.of(running, agent).untilActive().assertDelivered();

        assertThat(running.provider().requests().stream().skip(before))
                .noneMatch(request -> request.path().startsWith("/account"));
    }
}
