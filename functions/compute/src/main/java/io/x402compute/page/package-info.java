/**
 * Pages of lists that are newest first, and where the next one begins. Knows neither what is listed nor where it is kept nor
 * how it is asked for.
 */
package io.x402compute.page;
