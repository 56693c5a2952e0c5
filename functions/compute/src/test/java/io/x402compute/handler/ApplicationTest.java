package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.ManualClock;
import io.x402compute.payment.Claims;
import io.x402compute.store.LocalAws;
import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.Resource;

class ApplicationTest {
    @RegisterExtension
    final LocalAws aws = new LocalAws();

    private static final PaymentRequired CHALLENGE = new PaymentRequired("Payment required",
            new Resource("https://api.example/compute/credits/topup", "", "application/json"), List.of(Claims.OFFER));

    private final ManualClock clock = new ManualClock(Instant.EPOCH);

    @Test
    void secretIsReadWhenItIsUsedAndKeptForFiveMinutes() {
        Supplier<String> secret = new Application(aws.environment(), clock).secret("provider");
        aws.secret("provider", "first\n");

        assertThat(secret.get()).isEqualTo("first");
        aws.secret("provider", "second");
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(secret.get()).isEqualTo("first");
        clock.advance(Duration.ofMillis(1));
        assertThat(secret.get()).isEqualTo("second");
    }

    /** Whoever cannot sign can sell. */
    @ParameterizedTest
    @ValueSource(strings = {"", "no key", "0x00"})
    void withoutARightKeyOffersAreMadeUnsigned(String key) {
        PaidExtensions extensions = sellingWith(key);

        assertThat(extensions.offer(CHALLENGE).extensions()).containsOnlyKeys("payment-identifier", "bazaar");
        aws.secret("receipts", "0x" + "11".repeat(32));
        assertThat(extensions.offer(CHALLENGE).extensions()).as("that, too, is kept")
                .doesNotContainKey("offer-receipt");
        clock.advance(Duration.ofMinutes(5));
        assertThat(extensions.offer(CHALLENGE).extensions()).containsKey("offer-receipt");
    }

    private PaidExtensions sellingWith(String key) {
        Map<String, String> environment = new HashMap<>(aws.environment());
        environment.put("RECEIPT_SECRET", "receipts");
        if (!key.isEmpty()) {
            aws.secret("receipts", key);
        }
        return new PaymentServices(new Application(environment, clock)).extensions(SoldHere.credit());
    }

    @Test
    void secretIsForgottenAfterARestore() {
        Application application = new Application(aws.environment(), clock);
        Supplier<String> secret = application.secret("provider");
        aws.secret("provider", "first");
        assertThat(secret.get()).isEqualTo("first");
        aws.secret("provider", "second");

        application.forget();
        assertThat(secret.get()).isEqualTo("second");
    }
}
