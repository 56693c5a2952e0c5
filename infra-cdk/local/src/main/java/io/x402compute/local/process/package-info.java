/**
 * The template's functions in processes of their own, as on Lambda: each JVM holds the deployed zip under AWS's own
 * runtime client, is taken through the hooks of a snapshot, and serves one invocation at a time. What Lambda does around
 * it is here; what the functions do is not known.
 */
package io.x402compute.local.process;
