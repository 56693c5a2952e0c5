/** One class for each command: its flags, its help, and what it does in a few lines. */
package io.x402compute.cli.command;
