package io.x402compute.order;

import java.math.BigDecimal;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.Json;
import io.x402compute.http.RequestBody;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Usdc;

/**
 * A wish for credit.
 *
 * @param amount of credit, and what it costs
 * @param network the only one where it is to be paid; empty for any
 */
public record TopUpRequest(Usdc amount, Optional<Network> network) {
    /** The least that the known product takes, too: below it the gas costs more than a tenth. */
    public static final Usdc LEAST = new Usdc(1_000_000);
    /** A typing error costs no more than this. */
    public static final Usdc MOST = new Usdc(10_000_000_000L);

    /**
     * Reads {@code POST /compute/credits/topup}.
     *
     * @throws ApiException 400 for whatever is missing or wrong
     */
    static TopUpRequest of(RequestBody body) {
        if (body.flag("use_credits", false)) {
            throw ApiException.invalidField("use_credits", "cannot buy credit");
        }
        BigDecimal dollars = body.decimal("amount", LEAST.dollars(), MOST.dollars(), Usdc.ZERO.dollars().scale());
        return new TopUpRequest(Usdc.roundedUp(dollars), ProvisionRequest.network(body));
    }

    /** The request that a probe without a body stands for. */
    static TopUpRequest probe() {
        return new TopUpRequest(LEAST, Optional.empty());
    }

    /** The stored form, and with it the fingerprint's. */
    ObjectNode toJson() {
        return Json.object().put("amount", amount.atomicUnits()).put("network", ProvisionRequest.networkName(network));
    }
}
