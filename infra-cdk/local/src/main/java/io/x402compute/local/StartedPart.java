package io.x402compute.local;

/**
 * News of the start.
 *
 * @param name of the part that is there now
 * @param detail where it is, or what is in it
 */
record StartedPart(String name, String detail) {}
