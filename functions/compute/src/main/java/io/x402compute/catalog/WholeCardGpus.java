package io.x402compute.catalog;

import java.util.Map;
import java.util.Optional;

/**
 * What the provider does not tell about its plans with whole cards (type {@code vdm}): which cards, how many, and how much
 * memory they have together.
 */
final class WholeCardGpus {
    private static final Map<String, Gpu> KNOWN = Map.ofEntries(
            Map.entry("vcg-a16-6c-64g-16vram", new Gpu("NVIDIA A16", 1, 16)),
            Map.entry("vcg-a16-96c-960g-256vram", new Gpu("NVIDIA A16", 16, 256)),
            Map.entry("vcg-a16-96c-878g-256vram", new Gpu("NVIDIA A16", 16, 256)),
            Map.entry("vcg-a40-24c-120g-48vram", new Gpu("NVIDIA A40", 1, 48)),
            Map.entry("vcg-a40-96c-480g-192vram", new Gpu("NVIDIA A40", 4, 192)),
            Map.entry("vcg-a100-12c-120g-80vram", new Gpu("NVIDIA A100", 1, 80)),
            Map.entry("vcg-a100-96c-896g-320vram", new Gpu("NVIDIA A100", 4, 320)),
            Map.entry("vcg-a100-96c-960g-640vram", new Gpu("NVIDIA A100", 8, 640)),
            Map.entry("vcg-h100-216c-1914gb-640vram", new Gpu("NVIDIA H100", 8, 640)),
            Map.entry("vcg-b200-248c-2826g-1536vram", new Gpu("NVIDIA B200", 8, 1536)),
            Map.entry("vcg-mi355x-252c-2872g-2304vram", new Gpu("AMD MI355X", 8, 2304)));

    private WholeCardGpus() {}

    static Optional<Gpu> of(String planId) {
        return Optional.ofNullable(KNOWN.get(planId));
    }
}
