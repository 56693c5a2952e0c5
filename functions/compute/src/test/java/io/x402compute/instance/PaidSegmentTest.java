package io.x402compute.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.x402compute.x402.protocol.Usdc;

class PaidSegmentTest {

    @Test
    void wholeHoursCostTheirPriceExactly() {
        assertThat(PaidSegment.ofHours("order", 4320, new Usdc(70_801)).amount()).isEqualTo(new Usdc(70_801L * 4320));
    }

    @Test
    void aPartOfAnHourIsRoundedDownToTheMicroUsdc() {
        assertThat(new PaidSegment("order", Duration.ofMinutes(90), new Usdc(3)).amount()).isEqualTo(new Usdc(4));
        assertThat(new PaidSegment("order", Duration.ofSeconds(1), new Usdc(3_599)).amount()).isEqualTo(Usdc.ZERO);
    }

    @Test
    void nothingFinerThanSecondsIsSoldForItWouldNotBeStored() {
        assertThatThrownBy(() -> new PaidSegment("order", Duration.ofMillis(1_500), new Usdc(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
