/** Calls to the API, with or without its caller's name under them, and what answers other than the wanted one mean. */
package io.x402compute.cli.api;
