package io.x402compute.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalOptionsTest {

    @Test
    void operatorSettingsOfTheEnvironmentBecomeParametersOfTheTemplate() {
        LocalOptions options = LocalOptions.of(
                Map.of(
                        "X402_VERSIONS", "1", "MARKUP_PERCENT", "5", "MIN_HOURS", "1", "MAX_HOURS", "48", "FACILITATOR",
                        "onchain", "PAY_TO", "0x0", "HOME", "/"));

        assertThat(options.parameters()).isEqualTo(
                Map.of(
                        "X402Versions", "1", "MarkupPercent", "5", "MinHours", "1", "MaxHours", "48", "Facilitator",
                        "onchain"));
        assertThat(options.shortestHours()).isEqualTo(1);
    }

    @Test
    void portMovesTheApiOnly() {
        LocalOptions options = LocalOptions.of(Map.of("PORT", "5000"));

        assertThat(options.apiPort()).isEqualTo(5000);
        assertThat(options.providerPort()).isEqualTo(4021);
        assertThat(options.evmPort()).isEqualTo(8545);
        assertThat(options.solanaPort()).isEqualTo(8899);
        assertThat(options.inferencePort()).isEqualTo(4023);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http", "-1", "65536", "4021", "4022", "4023", "8545", "8899"})
    void aPortThatCannotBeIsNamed(String port) {
        assertThatThrownBy(() -> LocalOptions.of(Map.of("PORT", port)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PORT")
                .hasMessageContaining(port);
    }
}
