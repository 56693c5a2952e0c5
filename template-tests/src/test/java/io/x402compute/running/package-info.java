/**
 * The product end to end: the synthesized template runs as it would be deployed, with a real chain and a simulated provider,
 * and is used over HTTP as its clients use it. Nothing here looks inside a function; what came of a request is read from the
 * chain, the provider, the event bus and the tables. Time moves only when a test moves it.
 */
package io.x402compute.running;
