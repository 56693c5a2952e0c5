package io.x402compute.catalog;

/**
 * An operating system a machine can start with.
 *
 * @param id the provider's number, {@code os_id} in requests
 */
public record Image(long id, String name, String arch, String family) {}
