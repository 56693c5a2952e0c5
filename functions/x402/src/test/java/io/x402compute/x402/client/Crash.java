package io.x402compute.x402.client;

/** The end of a process. Nothing catches it. */
final class Crash extends Error {
    private static final long serialVersionUID = 1;
}
