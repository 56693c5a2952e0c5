package io.x402compute.local.inference;

import java.util.Optional;

/**
 * What becomes of a job that is begun now.
 *
 * @param slowness how many times longer than usual it takes
 * @param failure why it fails when it should be done, if it does
 */
record Fate(int slowness, Optional<String> failure) {
    static final Fate USUAL = new Fate(1, Optional.empty());
}
