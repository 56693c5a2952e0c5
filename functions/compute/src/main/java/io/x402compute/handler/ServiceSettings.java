package io.x402compute.handler;

import java.util.Set;

import io.x402compute.x402.protocol.Usdc;

/**
 * What an operator decides who settles for others, too.
 *
 * @param isOn whether that is so
 * @param least what is settled
 * @param receivers whose payments are settled; empty for everybody's
 * @param callsPerAddress that one address may make in a minute, of each kind
 * @param callsInAll that are served in a minute, of each kind
 */
record ServiceSettings(boolean isOn, Usdc least, Set<String> receivers, int callsPerAddress, int callsInAll) {}
