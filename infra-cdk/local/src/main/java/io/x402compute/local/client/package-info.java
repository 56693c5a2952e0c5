/**
 * A small client of the product's API, as an agent's developer would write it: for the demonstration, and for tests.
 */
package io.x402compute.local.client;
