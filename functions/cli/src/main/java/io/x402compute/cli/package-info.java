/**
 * The product from a terminal or a script. Here its parts are put together; what each command does is in {@code command}. It
 * talks to the API over HTTP as anybody else, and knows nothing of how that works.
 */
package io.x402compute.cli;
