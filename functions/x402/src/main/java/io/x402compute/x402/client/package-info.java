/** The paying side: sends a request, and when a 402 comes back, pays it within the owner's limit and sends it again. */
package io.x402compute.x402.client;
