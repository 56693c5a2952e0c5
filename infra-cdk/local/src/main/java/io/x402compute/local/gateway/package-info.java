/**
 * The front door: HTTP in, API Gateway event (payload format 2.0) to the function behind the route, answer out, with
 * the rules of an HTTP API. Where AWS documents a rule loosely, what its deployed gateways do is followed. Knows
 * nothing of what the routes mean.
 */
package io.x402compute.local.gateway;
