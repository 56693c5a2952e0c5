/**
 * The way from the functions to everything outside them: AWS, the chain's node, the provider, the upstream for
 * inference. Here it can be watched, and cut
 * at any call. Knows nothing of what is asked or answered.
 */
package io.x402compute.local.outside;
