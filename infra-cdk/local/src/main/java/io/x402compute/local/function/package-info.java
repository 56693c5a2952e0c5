/**
 * Runs the template's functions. {@link io.x402compute.local.function.FunctionRuntime} is what the rest sees: JSON in,
 * JSON out, as Lambda does it. Knows nothing of HTTP, schedules, or what the functions do.
 */
package io.x402compute.local.function;
