package io.x402compute.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.store.LocalDynamo;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

class DynamoOrderBookTest {
    private static final Wallet OTHER = new Wallet("0x6813eb9362372eef6200f3b1dbc3f819671cba69");

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private PaymentLedger ledger;
    private OrderBook orders;

    @BeforeEach
    void open() {
        ledger = new DynamoPaymentLedger(dynamo.table("payments"));
        orders = new DynamoOrderBook(dynamo.table("payments"));
    }

    @Test
    void anOrderIsFoundByItsIdAsItIsNow() {
        Claim claim = Claims.fresh();
        ledger.claim(claim);
        Claim settling = Claims.from(claim, PaymentState.SETTLING);
        ledger.save(settling);

        assertThat(orders.find(claim.payer(), claim.order().orderId())).contains(settling);
    }

    @Test
    void anOrderPaidWithCreditIsFoundToo() {
        Claim claim = Claim.of(new PaymentKey("credits/a/b"), new Tender.Credit(OTHER, new Usdc(5)), Claims.order(),
                Claims.NOW, Claims.LEASE_END);
        ledger.claim(claim);

        assertThat(orders.find(OTHER, claim.order().orderId())).contains(claim);
    }

    @Test
    void somebodyElsesOrderIsNone() {
        Claim claim = Claims.fresh();
        ledger.claim(claim);

        assertThat(orders.find(OTHER, claim.order().orderId())).isEmpty();
        assertThat(orders.find(claim.payer(), new OrderId(UUID.randomUUID()))).isEmpty();
        assertThat(orders.paidBy(OTHER, PageRequest.newest(10)).rows()).isEmpty();
    }

    @Test
    void aListIsNewestFirstPageByPage() {
        List<Claim> placed = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            OrderBinding order = Claims.order();
            Claim claim = Claim.of(Claims.fresh().payment().orElseThrow(),
                    new OrderBinding(new OrderId(new UUID(((long) i << 16) | 0x7000, 0x8000_0000_0000_0000L)),
                            order.kind(), order.subject(), order.fingerprint(), order.request()),
                    Claims.NOW.plusMillis(i), Claims.LEASE_END);
            ledger.claim(claim);
            placed.addFirst(claim);
        }
        Wallet payer = placed.getFirst().payer();

        List<Claim> listed = new ArrayList<>();
        PageRequest<Claim> wanted = PageRequest.newest(3);
        for (Optional<Page<Claim>> page = Optional.of(orders.paidBy(payer, wanted)); page.isPresent();) {
            listed.addAll(page.get().rows());
            page = page.get().next().map(next -> orders.paidBy(payer, wanted.after(next)));
        }

        assertThat(listed).isEqualTo(placed);
    }
}
