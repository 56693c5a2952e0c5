package io.x402compute.inference.model;

import java.util.Optional;

/**
 * A model that an upstream has.
 *
 * @param id by which it is called there
 * @param price empty where it is not told
 */
public record Model(String id, Optional<TokenPrice> price) {}
