package io.x402compute.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import io.x402compute.payment.Claim;
import io.x402compute.payment.OrderBinding;
import io.x402compute.payment.OrderId;
import io.x402compute.payment.TakenNumbers;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.SettlingAccount;
import io.x402compute.x402.protocol.Payment;

class NumberGapsTest {
    private static final long CHAIN_EXPECTS = 7;

    private final Shop shop = new Shop();
    private final List<Long> skipped = new ArrayList<>();
    private OptionalLong chainExpects = OptionalLong.of(CHAIN_EXPECTS);
    private long nextToTake = 9;
    private final Map<Long, Instant> waitedFor = new HashMap<>();

    private final SettlingAccount account = new SettlingAccount() {
        @Override
        public String signer() {
            return "eip155:8453/0xoperator";
        }

        @Override
        public OptionalLong nextNumber() {
            return chainExpects;
        }

        @Override
        public void skip(long number) {
            skipped.add(number);
        }
    };
    private final TakenNumbers numbers = (signer, number) -> nextToTake > number
            ? Optional.of(waitedFor.computeIfAbsent(number, first -> shop.clock.instant()))
            : Optional.empty();
    private final NumberGaps gaps = new NumberGaps(account, numbers, shop.ledger, shop.clock);

    @Test
    void aNumberThatNobodySendsIsSkippedOnceItsTakerIsCertainlyGone() {
        gaps.close();
        shop.clock.advance(Duration.ofMinutes(2));
        gaps.close();
        assertThat(skipped).isEmpty();

        shop.clock.advance(Duration.ofMinutes(2));
        gaps.close();
        assertThat(skipped).containsExactly(CHAIN_EXPECTS);
    }

    @Test
    void aNumberThatASettlementHoldsIsLeftToIt() {
        Payment payment = shop.judged(shop.payment(Shop.AGENT, Shop.day()), Shop.day());
        OrderBinding order = new OrderBinding(OrderId.of("6f1c1a52-0b8e-4a3b-8a94-0d6f0a4c9d11"), "PROVISION",
                "subject",
                "fingerprint", "{}");
        Instant now = shop.clock.instant();
        Claim claim = Claim.of(payment, order, now, now);
        shop.ledger.claim(claim);
        shop.ledger.save(claim.settling(new SettlementHandle("0x01", "0x02", CHAIN_EXPECTS), now));
        gaps.close();
        shop.clock.advance(Duration.ofHours(1));

        gaps.close();

        assertThat(skipped).isEmpty();
    }

    @Test
    void howeverOftenOthersTakeNumbersBehindItAGapIsClosed() {
        gaps.close();
        for (int minute = 0; minute < 4; minute++) {
            shop.clock.advance(Duration.ofMinutes(1));
            nextToTake++;
            gaps.close();
        }

        assertThat(skipped).containsExactly(CHAIN_EXPECTS);
    }

    @Test
    void aGapWhoseFillerIsStuckIsFilledAgain() {
        gaps.close();
        shop.clock.advance(Duration.ofMinutes(4));
        gaps.close();
        shop.clock.advance(Duration.ofMinutes(1));
        gaps.close();

        assertThat(skipped).containsExactly(CHAIN_EXPECTS, CHAIN_EXPECTS);
    }

    @Test
    void withoutAnyNumberTakenBeyondTheChainsThereIsNoGap() {
        nextToTake = CHAIN_EXPECTS;
        shop.clock.advance(Duration.ofHours(1));
        gaps.close();

        assertThat(skipped).isEmpty();
    }

    @Test
    void whileTheChainCannotBeAskedNothingIsSkipped() {
        chainExpects = OptionalLong.empty();
        shop.clock.advance(Duration.ofHours(1));
        gaps.close();

        assertThat(skipped).isEmpty();
    }
}
