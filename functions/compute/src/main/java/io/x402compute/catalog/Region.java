package io.x402compute.catalog;

/**
 * Where machines run.
 *
 * @param id such as {@code ewr}
 * @param country ISO 3166-1 alpha-2
 */
public record Region(String id, String city, String country, String continent) {}
