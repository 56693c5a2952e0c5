/**
 * The local run: the synthesized template on one machine. {@link io.x402compute.local.LocalCloud} puts the rooms below
 * it together for tests, {@link io.x402compute.local.Main} for people.
 */
package io.x402compute.local;
