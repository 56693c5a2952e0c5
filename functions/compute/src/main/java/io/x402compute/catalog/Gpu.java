package io.x402compute.catalog;

/**
 * The graphics processors of a plan.
 *
 * @param type for people, such as {@code NVIDIA A16}
 * @param count whole cards; 1 also for a part of one
 * @param vramGb gigabytes of all of them together
 */
public record Gpu(String type, int count, int vramGb) {}
