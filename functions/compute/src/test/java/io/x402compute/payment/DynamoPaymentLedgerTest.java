package io.x402compute.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.event.DomainEvent;
import io.x402compute.idempotency.KeyTable;
import io.x402compute.payment.PaymentLedger.ClaimResult;
import io.x402compute.store.Item;
import io.x402compute.store.LocalDynamo;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.PaymentKey;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.PaymentRequirements;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Usdc;
import io.x402compute.x402.protocol.Wallet;

class DynamoPaymentLedgerTest {
    private static final Instant NOW = Claims.NOW;

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private DynamoPaymentLedger ledger;

    @BeforeEach
    void open() {
        ledger = new DynamoPaymentLedger(dynamo.table("payments"), new KeyTable(dynamo.table("nonces")));
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "RAN", "RUN_FAILED", "CLAIMED", "SETTLING", "SETTLE_UNKNOWN", "SETTLE_REFUSED"})
    void unpaidClaimComesBackWithTheBytesToSend(PaymentState state) {
        Claim claim = Claims.in(state);
        ledger.claim(claim);

        assertThat(ledger.find(claim.key())).contains(claim);
    }

    @ParameterizedTest
    @EnumSource(names = {"SETTLED", "FULFILLED", "REFUND_DUE", "CREDITED"})
    void paidClaimComesBackWithoutTheBytesThatWereSent(PaymentState state) {
        Claim claim = Claims.in(state);
        ledger.claim(claim);

        assertThat(ledger.find(claim.key())).contains(settled(claim));
    }

    @Test
    void lookThatIsNeverDueComesBackAsNever() {
        Claim refused = Claims.in(PaymentState.SETTLING).refused("payment_expired", Instant.MAX);
        ledger.claim(refused);

        assertThat(ledger.find(refused.key())).contains(refused);
    }

    @Test
    void settlementAtARemoteFacilitatorComesBack() {
        Claim sent = Claims.fresh().settling(SettlementHandle.REMOTE, Claims.LEASE_END);
        ledger.claim(sent);
        assertThat(ledger.find(sent.key())).contains(sent);

        Claim heardOf = sent.unknown(Claims.TRANSACTION, Claims.SOON);
        ledger.save(heardOf);
        assertThat(ledger.find(sent.key())).contains(heardOf);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void settlementAtOneOfSeveralFacilitatorsComesBackWithItsName(boolean remote) {
        SettlementHandle handle = (remote ? SettlementHandle.REMOTE : Claims.HANDLE).at("coinbase");
        Claim sent = Claims.fresh().settling(handle, Claims.LEASE_END);
        ledger.claim(sent);

        assertThat(ledger.find(sent.key())).contains(sent);
        assertThat(sent.handle()).contains(handle);
    }

    @Test
    void orderThatIsPaidWithCreditComesBack() {
        Tender credit = new Tender.Credit(new Wallet("0x70997970c51812dc3a010c7d01b50e0d17dc79c8"),
                new Usdc(1_699_200));
        Claim claim = Claim.of(new PaymentKey("credits/a/b"), credit, Claims.order(), NOW, Claims.LEASE_END);
        ledger.claim(claim);
        assertThat(ledger.find(claim.key())).contains(claim);

        Claim paid = claim.settled("", NOW);
        ledger.save(paid);
        assertThat(ledger.find(claim.key())).contains(settled(paid));
    }

    @Test
    void paymentOfVersionTwoStillNamesTheOfferItAccepted() {
        Claim claim = Claims.fresh(Claims.payment(2, BigInteger.valueOf(NOW.getEpochSecond()), Claims.SIGNATURE));
        ledger.claim(claim);

        Claim found = ledger.find(claim.key()).orElseThrow();
        assertThat(found).isEqualTo(claim);
        assertThat(found.payment().orElseThrow().payload().toJson())
                .isEqualTo(claim.payment().orElseThrow().payload().toJson());
    }

    @Test
    void hugeNumbersAndLongSignaturesComeBack() {
        BigInteger most = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        Eip3009Authorization signed = new Eip3009Authorization("0x" + "00".repeat(20), "0x" + "ff".repeat(20), most,
                most.subtract(BigInteger.ONE), most, "0x" + "00".repeat(32));
        // What contract wallets sign with is as long as they like, within a header.
        SchemePayload payload = new SchemePayload.Eip3009(signed, "0x" + "e7".repeat(5000));
        Claim claim = Claims.fresh(new Payment(new PaymentPayload(1, PaymentRequirements.EXACT, Network.BASE, payload,
                Optional.empty(), Optional.empty()), Claims.OFFER));
        ledger.claim(claim);

        assertThat(ledger.find(claim.key())).contains(claim);
    }

    @Test
    void aPaymentOnSolanaComesBackWithWhatIsSentForIt() {
        Claim claim = Claims.fresh(Claims.onSolana());
        ledger.claim(claim);
        assertThat(ledger.find(claim.key())).contains(claim);

        Claim settling = claim.settling(new SettlementHandle("5Jmxw1fmQatmSZLpxQACNrE5Y7Rggpdxu9roThDoqaq4",
                "0x" + "5a".repeat(474), 300_000_300L), Claims.LEASE_END);
        ledger.save(settling);
        assertThat(ledger.find(claim.key())).contains(settling);
    }

    @Test
    void unknownPaymentIsNotFound() {
        assertThat(ledger.find(Claims.fresh().key())).isEmpty();
    }

    @Test
    void secondClaimOfAPaymentFindsTheFirstAsItIsNow() {
        Claim first = Claims.fresh();
        assertThat(ledger.claim(first)).isEqualTo(new ClaimResult.Claimed(first));
        Claim settling = Claims.from(first, PaymentState.SETTLING);
        ledger.save(settling);

        Claim second = Claim.of(first.payment().orElseThrow(), Claims.order(), NOW.plusSeconds(1), Claims.LEASE_END);

        assertThat(ledger.claim(second)).isEqualTo(new ClaimResult.AlreadyClaimed(settling));
        assertThat(ledger.find(first.key())).contains(settling);
    }

    @Test
    void onlyOneOfManyAtOnceClaimsAPayment() throws Exception {
        Payment payment = Claims.fresh().payment().orElseThrow();
        List<Callable<ClaimResult>> claimants = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            claimants.add(() -> ledger.claim(Claims.fresh(payment)));
        }

        List<ClaimResult> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<ClaimResult> result : threads.invokeAll(claimants)) {
                results.add(result.get());
            }
        }

        Claim winner = ledger.find(payment.key()).orElseThrow();
        assertThat(results).containsOnlyOnce(new ClaimResult.Claimed(winner)).filteredOn(
                result -> result.equals(new ClaimResult.AlreadyClaimed(winner))).hasSize(15);
    }

    @Test
    void aTabNamesTheLastThatWasPutOnIt() {
        Claim first = Claims.fresh();
        Claim second = Claims.fresh();
        assertThat(ledger.onTab(first.payer())).isEmpty();

        assertThat(onTab(first, Optional.empty())).isEqualTo(new ClaimResult.Claimed(first));
        assertThat(onTab(second, Optional.of(first.key()))).isEqualTo(new ClaimResult.Claimed(second));

        assertThat(ledger.onTab(first.payer())).contains(second.key());
        assertThat(ledger.find(first.key())).contains(first);
    }

    @Test
    void aTabThatIsNotAsItWasSeenTakesNothing() {
        Claim first = Claims.fresh();
        Claim second = Claims.fresh();
        onTab(first, Optional.empty());

        assertThat(onTab(second, Optional.empty())).isEqualTo(new ClaimResult.TabTaken());
        assertThat(onTab(second, Optional.of(Claims.fresh().key()))).isEqualTo(new ClaimResult.TabTaken());

        assertThat(ledger.find(second.key())).isEmpty();
        assertThat(onTab(first, Optional.of(first.key()))).isEqualTo(new ClaimResult.AlreadyClaimed(first));
    }

    private ClaimResult onTab(Claim fresh, Optional<PaymentKey> before) {
        return ledger.claimOnTab(fresh, Optional.empty(), Optional.empty(), before);
    }

    @Test
    void saveBasedOnAnOldVersionChangesNothing() {
        Claim claim = Claims.fresh();
        ledger.claim(claim);
        Claim settling = Claims.from(claim, PaymentState.SETTLING);
        assertThat(ledger.save(settling)).isTrue();

        assertThat(ledger.save(claim.released(NOW))).isFalse();
        assertThat(ledger.find(claim.key())).contains(settling);
    }

    @Test
    void claimThatWasNeverMadeCannotBeSaved() {
        Claim claim = Claims.in(PaymentState.SETTLING);

        assertThat(ledger.save(claim)).isFalse();
        assertThat(ledger.find(claim.key())).isEmpty();
    }

    @Test
    void dueAreThoseWhoseTimeHasComeInEveryShard() {
        List<PaymentKey> keys = new ArrayList<>();
        for (int second = 0; second < 40; second++) {
            Claim claim = Claim.of(Claims.fresh().payment().orElseThrow(), Claims.order(), NOW,
                    NOW.plusSeconds(second));
            ledger.claim(claim);
            keys.add(claim.key());
        }

        assertThat(ledger.due(NOW.minusMillis(1))).isEmpty();
        assertThat(ledger.due(NOW.plusSeconds(19))).containsExactlyInAnyOrderElementsOf(keys.subList(0, 20));
        assertThat(ledger.due(NOW.plus(Duration.ofDays(30)))).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void finalClaimStaysDueUntilItsEventsArePublishedAndThenLeavesTheIndex() {
        Claim claim = Claims.in(PaymentState.CREDITED);
        ledger.claim(claim);
        assertThat(ledger.due(NOW)).containsExactly(claim.key());

        ledger.save(claim.published());

        assertThat(ledger.due(NOW.plus(Duration.ofDays(30)))).isEmpty();
        assertThat(row(claim).attributes()).doesNotContainKeys("stuck", "stuck_at", "events");
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUNDING", "REFUND_UNKNOWN", "REFUNDED"})
    void refundIsReadAsItWasWritten(PaymentState state) {
        Claim claim = Claims.in(state);
        ledger.claim(claim);

        Claim read = ledger.find(claim.key()).orElseThrow();

        assertThat(read).isEqualTo(settled(claim));
        assertThat(read.refund()).isPresent();
    }

    @Test
    void aRefundThatIsOnlyPlannedIsReadAsItWasWritten() {
        Claim due = Claims.toBeRefunded(Claims.fresh());
        Claim unsigned = due.refundUnsigned("refund_wallet_unavailable", Claims.SOON);
        ledger.claim(due);
        assertThat(ledger.find(due.key()).orElseThrow()).isEqualTo(settled(due));

        ledger.save(unsigned);

        assertThat(ledger.find(due.key()).orElseThrow()).isEqualTo(settled(unsigned));
    }

    @Test
    void refusedClaimLeavesTheIndexOnceNothingCanMoveAnyMore() {
        Claim claim = Claims.in(PaymentState.SETTLE_REFUSED);
        ledger.claim(claim);
        assertThat(ledger.due(Claims.SOON)).containsExactly(claim.key());

        ledger.save(claim.refused(claim.reason(), Instant.MAX));

        assertThat(ledger.due(NOW.plus(Duration.ofDays(30)))).isEmpty();
        assertThat(row(claim).has("stuck")).isFalse();
    }

    private Item row(Claim claim) {
        return dynamo.table("payments").get(Item.create().put("key", claim.key().value())).orElseThrow();
    }

    /** The same claim as it is read: what was sent is gone, and its events have been through text. */
    private static Claim settled(Claim claim) {
        Progress progress = claim.progress();
        Progress sent = new Progress(progress.state(), Optional.empty(), progress.transaction(), progress.reason(),
                progress.refund(), progress.tries(), progress.taking(), progress.leaseUntil(), progress.attendAt());
        List<DomainEvent> events = claim.pendingEvents().stream()
                .map(event -> DomainEvent.ofStored(event.stored()))
                .toList();
        return new Claim(claim.key(), claim.order(), claim.tender(), claim.claimedAt(), sent, events,
                claim.version());
    }
}
