package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.ManualClock;
import io.x402compute.store.LocalAws;

class ApplicationTest {
    @RegisterExtension
    final LocalAws aws = new LocalAws();

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
