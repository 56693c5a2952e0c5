package io.x402compute.order;

import java.time.Clock;
import java.util.Optional;

import io.x402compute.http.ApiException;
import io.x402compute.idempotency.KeyConflict;
import io.x402compute.idempotency.KeyUse;
import io.x402compute.idempotency.RequestKey;
import io.x402compute.payment.Claim;
import io.x402compute.payment.PaymentLedger;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.protocol.PaymentKey;

/** What keys have bought. A key buys one order; one whose payment was refused for certain has not bought it yet. */
record KeyedOrders(PaymentLedger ledger, Clock clock) {

    /**
     * The order that was placed under that key, refused or not.
     *
     * @throws ApiException 409 when the key was used for something else than this
     */
    Optional<Claim> placed(RequestKey key, Purchase purchase) {
        return switch (ledger.use(key, clock.instant())) {
            case KeyUse.Unused() -> Optional.empty();
            case KeyUse.Otherwise() -> throw KeyConflict.mismatch();
            case KeyUse.Ordered(String order) -> {
                Claim claim = ledger.find(new PaymentKey(order)).orElseThrow();
                if (!claim.order().fingerprint().equals(purchase.fingerprint())) {
                    throw KeyConflict.mismatch();
                }
                yield Optional.of(claim);
            }
        };
    }

    /**
     * Whether another payment may buy what that one was refused for.
     *
     * @throws ApiException 409 while somebody is looking at that one
     */
    boolean mayReplace(PaymentKey other, Claim claim) {
        boolean replaceable = wasRefused(claim, other);
        if (replaceable && claim.isLeased(clock.instant())) {
            throw KeyConflict.inProgress();
        }
        return replaceable;
    }

    private static boolean wasRefused(Claim claim, PaymentKey other) {
        return claim.state() == PaymentState.SETTLE_REFUSED && !claim.key().equals(other);
    }
}
