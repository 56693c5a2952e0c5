/**
 * What surrounds a run: streams, environment, terminal, clock, folder for state; and how a run ends. Knows nothing of what is
 * bought, and nothing of HTTP.
 */
package io.x402compute.cli.shell;
