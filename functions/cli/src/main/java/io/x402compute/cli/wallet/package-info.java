/** The wallet behind {@code --key-file}. What is in that file is printed, logged or thrown by nobody. */
package io.x402compute.cli.wallet;
