package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PLAN;
import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static io.x402compute.running.MachineRequest.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.local.LocalCloud;
import io.x402compute.local.aws.Grant;
import io.x402compute.local.chain.Transfer;
import io.x402compute.local.client.Answer;
import io.x402compute.local.provider.Fault;

/** Where the operator has a refund wallet, what cannot be delivered is paid back on the chain, once, and nothing is credited. */
class RefundTest {
    private static final String SECRET = "arn:aws:secretsmanager:us-east-1:000000000000:secret:refund-wallet-AbCdEf";
    private static final long FUNDS = 100 * PRICE_MICROS;

    @RegisterExtension
    static final RunningCloud running = RunningCloud.with("RefundSecret", SECRET);

    private final Agent agent = running.agent(3);
    private final String wallet = running.chain().address(LocalCloud.REFUND_WALLET);

    @BeforeEach
    void fund() {
        UsedSecrets.remember(running.chain().privateKey(LocalCloud.REFUND_WALLET));
        if (running.chain().balanceOf(wallet) == 0) {
            running.chain().mint(wallet, FUNDS);
        }
        running.provider().inject(new Fault.CreateRefused(400, "Plan is not available in this location"));
    }

    @AfterEach
    void heal() {
        running.provider().heal();
        running.provider().restock(PLAN, REGION);
    }

    @Test
    void withoutStockTheMoneyIsBackAtThePayerWithTheAnswer() {
        List<Transfer> before = refunds();

        Sale sale = Sale.of(running, agent);

        assertThat(sale.answer().status()).isEqualTo(503);
        JsonNode refund = sale.answer().body().at("/details/refund");
        assertThat(refund.path("status").textValue()).isEqualTo("refunded");
        assertThat(refund.path("amount_usd").decimalValue()).isEqualByComparingTo("1.6992");
        assertThat(refunds()).hasSize(before.size() + 1).last().satisfies(transfer -> {
            assertThat(transfer.transactionHash()).isEqualTo(refund.path("tx_hash").textValue());
            assertThat(transfer.micros()).isEqualTo(PRICE_MICROS);
        });
        assertRefunded(sale);
        assertThat(sale.answer().headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void howeverOftenItIsAskedForAndTheSchedulesRunItIsPaidBackOnce() {
        Sale sale = Sale.of(running, agent);
        Answer again = sale.again();
        List<Transfer> afterwards = refunds();
        for (int minute = 0; minute < 5; minute++) {
            running.advance(Duration.ofMinutes(1));
        }

        assertThat(sale.again().body().path("details")).isEqualTo(again.body().path("details"))
                .isEqualTo(sale.answer().body().path("details"));
        assertThat(refunds()).isEqualTo(afterwards);
        assertRefunded(sale);
        assertThat(running.cloud().events()).filteredOn(event -> event.detailType().equals("RefundIssued"))
                .filteredOn(event -> event.detail().path("order_id").equals(sale.answer().body().path("order_id")))
                .hasSize(1);
    }

    @Test
    void anEmptyWalletDelaysItAndTheAnswerSaysSo() {
        running.chain().send(LocalCloud.REFUND_WALLET, running.operator(), running.chain().balanceOf(wallet));

        Sale sale = Sale.of(running, agent);

        assertThat(sale.answer().status()).isEqualTo(503);
        assertThat(sale.answer().body().at("/details/refund/status").textValue()).isEqualTo("pending");
        assertThat(sale.answer().headers().firstValue("Retry-After")).isPresent();
        assertThat(agent.balance()).isEqualTo(sale.paidBefore() - PRICE_MICROS);
        assertThat(sale.paymentRow().get("state").s()).isEqualTo("REFUND_UNKNOWN");
        assertThat(sale.paymentRow().get("refund").m().get("trouble").s())
                .isEqualTo("invalid_exact_evm_insufficient_balance");
        running.chain().mint(wallet, FUNDS);
        running.advance(Duration.ofMinutes(2));
        assertRefunded(sale);
    }

    @Test
    void anEmptyWalletAndWhatItOwesRaiseTheirAlarmsUntilItIsFilled() {
        AlarmWatch watch = new AlarmWatch(running);
        running.chain().send(LocalCloud.REFUND_WALLET, running.operator(), running.chain().balanceOf(wallet));
        Sale sale = Sale.of(running, agent);
        watch.minutes(56);
        assertThat(watch.firing()).containsExactlyInAnyOrder("RefundWallet", "OpenRefund");

        running.chain().mint(wallet, 10 * FUNDS);
        // It has been tried more and more seldom.
        watch.minutes(62);
        assertThat(watch.firing()).isEmpty();
        assertRefunded(sale);
    }

    @Test
    void onlyWhoAdvancesOrdersMayReadTheWalletsKey() {
        assertThat(running.cloud().roles().granted()).filteredOn(grant -> grant.resource().equals(SECRET))
                .extracting(Grant::function)
                .containsExactlyInAnyOrder("ProvisionInstance", "ExtendInstance", "TopUpCredits", "RunInference",
                        "ResumeOrders", "ServeMcp");
    }

    private List<Transfer> refunds() {
        return running.chain().transfersTo(agent.wallet().address()).stream()
                .filter(transfer -> transfer.from().equalsIgnoreCase(wallet)).toList();
    }

    private void assertRefunded(Sale sale) {
        assertThat(sale.paymentRow().get("state").s()).isEqualTo("REFUNDED");
        assertThat(agent.balance()).isEqualTo(sale.paidBefore());
        assertThat(sale.liveMachines()).isEmpty();
        assertThat(running.world().rows().entrySet().stream()
                .filter(table -> table.getKey().toLowerCase(Locale.ROOT).contains("credits"))
                .flatMap(table -> table.getValue().stream())).isEmpty();
    }
}
