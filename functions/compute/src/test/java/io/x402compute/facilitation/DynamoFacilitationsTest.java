package io.x402compute.facilitation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.payment.DynamoPaymentLedger;
import io.x402compute.store.LocalDynamo;
import io.x402compute.x402.facilitator.SettlementHandle;

class DynamoFacilitationsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final SettlementHandle HANDLE = new SettlementHandle("0x" + "aa".repeat(32), "0x02f9", 7);

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    static Stream<Facilitation> states() {
        return Stream.of(Presented.v2(), Presented.v1()).flatMap(request -> {
            Facilitation open = Facilitation.of(request, NOW);
            Facilitation sent = open.sent(HANDLE, NOW.plusSeconds(90));
            return Stream.of(open, sent, sent.unknown("0x" + "bb".repeat(32), NOW),
                    sent.settled("0xcc", Optional.empty()), sent.settled("0xcc", Optional.of("call")),
                    sent.refused("payment_expired", "0xdd"), open.abandoned("unexpected_settle_error"));
        });
    }

    @ParameterizedTest
    @MethodSource("states")
    void everyStateComesBackAsItWasWritten(Facilitation row) {
        DynamoFacilitations rows = new DynamoFacilitations(dynamo.table("payments"));
        assertThat(rows.insert(row)).isEmpty();

        Facilitation read = rows.find(row.key()).orElseThrow();

        assertThat(read.request().text()).isEqualTo(row.request().text());
        assertThat(read).usingRecursiveComparison().ignoringFields("request").isEqualTo(row);
    }

    @Test
    void onePaymentIsTakenInOnceAndOneOfTwoWritersWins() {
        DynamoFacilitations rows = new DynamoFacilitations(dynamo.table("payments"));
        Facilitation open = Facilitation.of(Presented.v2(), NOW);
        assertThat(rows.insert(open)).isEmpty();

        assertThat(rows.insert(Facilitation.of(Presented.v1(), NOW)).orElseThrow().request().payment().payload()
                .version()).isEqualTo(2);
        assertThat(rows.save(open.sent(HANDLE, NOW))).isTrue();
        assertThat(rows.save(open.abandoned("unexpected_settle_error"))).isFalse();
    }

    @Test
    void neitherOrdersNorTheseAreTakenForTheOther() {
        DynamoFacilitations rows = new DynamoFacilitations(dynamo.table("payments"));
        DynamoPaymentLedger ledger = new DynamoPaymentLedger(dynamo.table("payments"));
        Facilitation open = Facilitation.of(Presented.v2(), NOW);
        rows.insert(open);

        assertThat(rows.due(NOW)).containsExactly(open.key());
        assertThat(rows.due(NOW.minusMillis(1))).isEmpty();
        assertThat(ledger.due(NOW.plusSeconds(3600))).isEmpty();
        assertThat(ledger.find(open.key())).isEmpty();
    }
}
