package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.payment.Claims;
import io.x402compute.payment.CreditBalance;
import io.x402compute.payment.CreditEntry;
import io.x402compute.payment.CreditEntry.Kind;
import io.x402compute.payment.OrderId;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

class CreditJsonTest {
    private static final Wallet WALLET = new Wallet("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");

    @Test
    void balanceIsTextInDollars() {
        CreditBalance balance = new CreditBalance(new Usdc(150_000_000), new Usdc(200_000_000));

        assertThat(CreditJson.of(WALLET, Optional.of(balance))).hasToString("{\"wallet\":\"" + WALLET.address()
                + "\",\"balance\":\"150.00\",\"total_deposited\":\"200.00\",\"total_spent\":\"50.00\"}");
    }

    @Test
    void balanceOfAWalletThatWasNeverGivenAnythingIsTheNumberZero() {
        assertThat(CreditJson.of(WALLET, Optional.empty())).hasToString(
                "{\"wallet\":\"" + WALLET.address() + "\",\"balance\":0,\"total_deposited\":0,\"total_spent\":0}");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.00", "1, 0.000001", "10, 0.00001", "500_000, 0.50", "1_699_200, 1.6992", "1_000_000, 1.00",
        "12_345_678_901_234_567, 12345678901.234567", "100_000_000, 100.00"})
    void everyMicroIsShown(String micros, String shown) {
        Usdc amount = new Usdc(Long.parseLong(micros.replace("_", "")));

        assertThat(CreditJson.of(WALLET, Optional.of(new CreditBalance(amount, amount))).path("balance").textValue())
                .isEqualTo(shown);
    }

    @Test
    void entrySaysHowMuchWentWhichWayForWhichOrderAndWhy() {
        OrderId order = new OrderId(new UUID(1, 2));
        CreditEntry entry = new CreditEntry(order, Kind.GIVEN, new Usdc(1_699_200), "no_capacity", Claims.NOW);

        assertThat(CreditJson.of(entry)).hasToString(
                "{\"id\":\"%s\",\"kind\":\"credit\",\"amount_usd\":1.6992,\"amount\":\"1699200\",\"reason\":\"no_capacity\",\"order_id\":\"%s\",\"created_at\":\"%s\"}"
                        .formatted(entry.id(), order, Claims.NOW));
    }
}
