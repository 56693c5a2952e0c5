/** A small HTTP server that the rooms of the local run share. Knows nothing of what is served. */
package io.x402compute.local.http;
