package io.x402compute.vultr;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.metric.Gauge;
import io.x402compute.metric.Metric;

class ProviderAccountTest {
    private final ScriptedProvider provider = new ScriptedProvider();
    private final ProviderAccount account = new ProviderAccount(provider.client(new TestTime()));

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void creditIsWhatWasPaidInAdvanceLessWhatIsNotInvoicedYet() {
        provider.then(200, "{\"account\": {\"balance\": -100.55, \"pending_charges\": 60.25}}");

        assertThat(account.gauges()).containsExactly(new Gauge(Metric.PROVIDER_CREDIT, new BigDecimal("40.30")),
                Gauge.of(Metric.PROVIDER_UNAUTHORIZED, 0));
    }

    @Test
    void keyOrAddressThatIsNotAcceptedIsAConditionOfItsOwn() {
        provider.then(401, "{\"error\": \"Unauthorized IP address: 192.0.2.1\", \"status\": 401}");

        assertThat(account.gauges()).containsExactly(Gauge.of(Metric.PROVIDER_UNAUTHORIZED, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"200 | {}", "200 | {\"account\": {\"balance\": \"-1\"}}", "500 | {}",
        "200 | <html>"})
    void answerThatCannotBeReadIsNoCreditOfZero(int status, String body) {
        provider.then(status, body).then(status, body);

        assertThat(account.gauges()).isEmpty();
    }
}
