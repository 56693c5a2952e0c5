package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.x402compute.payment.Claim;
import io.x402compute.payment.Claims;
import io.x402compute.payment.OrderBinding;
import io.x402compute.payment.OrderId;
import io.x402compute.payment.PaymentState;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.TransferLookup;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.Payment;

/**
 * Orders whose payment may be out. There a chain that has forgotten the blockhash proves something only together with the handle
 * that was stored before: without one everything here seems never to have been sent.
 */
class SolanaOrdersTest {
    private final Shop shop = new Shop();
    private final Claim fresh = Claim.of(Claims.onSolana(),
            new OrderBinding(new OrderId(UUID.randomUUID()), OrderKind.TOPUP.name(), "", "0f".repeat(32), "{}"),
            Claims.NOW, Claims.LEASE_END);
    private Settlement answer = new Settlement.Unknown(Claims.TRANSACTION, "lost");
    private TransferLookup.TransferEvidence byHandle = new TransferLookup.TransferEvidence.NotMoved(true);

    private final Facilitator facilitator = new Facilitator() {
        @Override
        public Verification verify(Payment payment) {
            return new Verification.Verified(payment.payer());
        }

        @Override
        public Preparation prepare(Payment payment) {
            return new Preparation.Refused("expired", "its blockhash is forgotten");
        }

        @Override
        public Settlement settle(Payment payment, SettlementHandle handle, Duration patience) {
            return answer;
        }
    };
    private final TransferLookup transfers = new TransferLookup() {
        @Override
        public TransferEvidence find(Payment payment) {
            return new TransferEvidence.NotMoved(false);
        }

        @Override
        public TransferEvidence find(Payment payment, SettlementHandle handle) {
            assertThat(handle).isEqualTo(Claims.HANDLE);
            return byHandle;
        }
    };
    private final OrderAdvancer orders = new OrderAdvancer(shop.ledger, facilitator, transfers,
            new Deliveries(Optional.empty(), Optional.empty(), new TopUpFulfilment(shop.credits, shop.clock)),
            shop.credits, shop.clock);

    @Test
    void aPaymentThatMayBeOutIsNotGivenUpBeforeItsTimeIsOver() {
        place(PaymentState.SETTLING);

        assertThat(advanced().state()).isEqualTo(PaymentState.SETTLE_UNKNOWN);

        byHandle = new TransferLookup.TransferEvidence.NotMoved(false);
        assertThat(advanced().state()).isEqualTo(PaymentState.SETTLE_REFUSED);
        assertThat(stored().attendAt()).isEmpty();
    }

    @Test
    void aRefusalIsJudgedByWhatWasSent() {
        place(PaymentState.SETTLING);
        answer = new Settlement.Refused("transaction_failed", "", Claims.TRANSACTION);

        assertThat(advanced().state()).isEqualTo(PaymentState.SETTLE_REFUSED);
        assertThat(stored().attendAt()).as("looked at once more").isPresent();
    }

    @Test
    void aTransferThatComesAfterTheRefusalIsFoundByItsHandleAndCredited() {
        place(PaymentState.SETTLE_REFUSED);
        byHandle = new TransferLookup.TransferEvidence.Moved(Claims.TRANSACTION);

        assertThat(advanced().state()).isEqualTo(PaymentState.CREDITED);
        assertThat(stored().transaction()).isEqualTo(Claims.TRANSACTION);
    }

    /** The same payment is the same transaction: what was sent the first time is still out. */
    @Test
    void aRetryDoesNotForgetWhatWasSentBefore() {
        place(PaymentState.SETTLE_REFUSED);

        Claim retried = orders.retry(stored(), errand());

        assertThat(retried.state()).isEqualTo(PaymentState.SETTLE_REFUSED);
        assertThat(retried.attendAt()).as("looked at once more").isPresent();
    }

    private void place(PaymentState state) {
        shop.ledger.claim(fresh);
        shop.clock.advance(Duration.between(shop.clock.instant(), Claims.LEASE_END).plusMinutes(1));
        switch (state) {
            case SETTLING -> save(fresh.settling(Claims.HANDLE, Claims.LEASE_END));
            case SETTLE_REFUSED -> {
                save(fresh.settling(Claims.HANDLE, Claims.LEASE_END));
                save(stored().refused("lost", Claims.LEASE_END));
            }
            default -> throw new AssertionError(state);
        }
    }

    private void save(Claim claim) {
        assertThat(shop.ledger.save(claim)).isTrue();
    }

    private Claim advanced() {
        return orders.advance(stored(), errand());
    }

    private Claim stored() {
        return shop.ledger.find(fresh.key()).orElseThrow();
    }

    private Errand errand() {
        return Errand.again(shop.clock.instant().plusSeconds(25));
    }
}
