package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.http.ApiRequest;

class PreferredWaitTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"wait=5|5", "wait=0|0", "WAIT = 5|5", "wait=\"5\"|5",
        "respond-async, wait=5|5",
        "wait=5, wait=7|5", "wait=5; why=patience|5", "wait=21|20", "wait=999999999|20", "handling=lenient,wait=3|3"})
    void aPreferenceIsReadAsTheRfcWritesIt(String header, long seconds) {
        assertThat(preferred(header)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait", "wait=", "wait=-1", "wait=1.5", "wait=soon", "await=5", "wait=9999999999",
        "respond-async"})
    void whatCannotBeReadIsIgnored(String header) {
        assertThat(preferred(header)).isEmpty();
    }

    @Test
    void whoeverPrefersNothingIsAnsweredAtOnce() {
        assertThat(PreferredWait.of(request(Map.of()), LONGEST)).isEmpty();
    }

    private static Optional<Duration> preferred(String header) {
        return PreferredWait.of(request(Map.of("prefer", header)), LONGEST);
    }

    private static ApiRequest request(Map<String, String> headers) {
        return new ApiRequest("GET", "/status/x", Map.of(), Map.of(), "", headers, new byte[0], "request",
                "https://api.example", Instant.EPOCH);
    }
}
