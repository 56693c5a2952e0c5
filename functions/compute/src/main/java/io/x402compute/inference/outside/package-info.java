/**
 * How others are asked over HTTP, with an end to every wait and to every answer; and which addresses that callers name may be asked at all.
 */
package io.x402compute.inference.outside;
