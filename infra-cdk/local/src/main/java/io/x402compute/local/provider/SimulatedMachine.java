package io.x402compute.local.provider;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A machine as its provider sees it, for tests.
 *
 * @param userData as it was sent, base64
 * @param powerStatus {@code running} or {@code stopped}
 * @param charged US dollars up to now
 */
public record SimulatedMachine(
        String id,
        MachineKind kind,
        String plan,
        String region,
        String label,
        List<String> tags,
        String userData,
        Instant createdAt,
        Optional<Instant> destroyedAt,
        String powerStatus,
        BigDecimal charged) {

    /** On the bill. */
    public boolean live() {
        return destroyedAt.isEmpty();
    }
}
