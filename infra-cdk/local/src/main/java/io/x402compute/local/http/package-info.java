/** A small HTTP server that the rooms of the local run share, and what those that can be commanded have in common. Knows nothing of what is served. */
package io.x402compute.local.http;
