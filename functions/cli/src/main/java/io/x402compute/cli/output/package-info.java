/** Answers as people read them, or as JSON; and the one line that moves while somebody waits. */
package io.x402compute.cli.output;
