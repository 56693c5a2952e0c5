/** Three small functions, written as Lambda functions are, that the local run is tested with. */
package io.x402compute.local.sample;
