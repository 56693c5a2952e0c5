package io.x402compute.order;

import java.time.Instant;
import java.util.List;

import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Usdc;

/**
 * What a challenge would ask now, for somebody who wants to know before he is challenged. Binds nobody to anything.
 *
 * @param hours of prepaid time
 * @param hourly the price of each
 * @param total what is to be paid
 * @param network where
 * @param networks where else it could be
 * @param validUntil as long as a challenge of this moment could be paid, whatever prices do; stock may be gone any time
 */
public record Quote(int hours, Usdc hourly, Usdc total, Network network, List<Network> networks, Instant validUntil) {}
