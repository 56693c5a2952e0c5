package io.x402compute.order;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.PaidSegment;
import io.x402compute.payment.Claim;
import io.x402compute.x402.protocol.Usdc;

/** What a claim says was ordered, in terms of machines. */
final class OrderedRentals {
    /** Stored with a request for more time, beside what was asked for. */
    static final String PRICED_PLAN = "priced_plan";

    private OrderedRentals() {}

    static InstanceId instanceId(Claim claim) {
        return InstanceId.of(claim.order().subject());
    }

    /** The machine as it is when it has just been paid for. */
    static Instance machine(Claim claim, Instant now) {
        ProvisionRequest request = ProvisionRequest.ofStored(stored(claim));
        return Instance.ordered(instanceId(claim), claim.payer(), request.spec(), segment(claim, request.hours()), now);
    }

    static PaidSegment moreTime(Claim claim) {
        return segment(claim, ExtendRequest.ofStored(stored(claim)).hours());
    }

    /** The plan that more time was priced for. */
    static String pricedPlan(Claim claim) {
        return stored(claim).get(PRICED_PLAN).textValue();
    }

    /** The price was an hourly one times the hours, so the division is exact. */
    private static PaidSegment segment(Claim claim, int hours) {
        Usdc hourly = new Usdc(claim.amount().micros() / hours);
        return PaidSegment.ofHours(claim.order().orderId().toString(), hours, hourly);
    }

    private static ObjectNode stored(Claim claim) {
        return (ObjectNode) Json.readOwn(claim.order().request());
    }
}
