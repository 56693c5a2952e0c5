/**
 * Which models upstreams have, as they were told at the last look, what those cost the operator, and which of them serves a request.
 */
package io.x402compute.inference.model;
