package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PROVISION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import io.x402compute.http.Json;
import io.x402compute.local.client.Answer;
import io.x402compute.running.KilledOrder.Kind;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.ReceivedOffer;

/**
 * Functions that are killed by {@code kill -9} beside a call to the outside, before its effect or after it: what was paid is
 * delivered or given back all the same, by the schedules alone if need be. The calls are those that an order makes when
 * nothing happens to it, counted anew in each run. A spread of the cases by default, all with {@code -Dkills=all}.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS's runtime client, and so a function's own process, runs on Linux only")
class KilledFunctionsTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.inProcesses();

    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Longer than any lease: whatever was left lying has been taken up again. */
    private static final int LEAST_MINUTES = 4;
    private static final int MOST_MINUTES = 30;
    private static final int TRIES = 3;
    private static final Duration CATALOGUE_KEPT = Duration.ofMinutes(15);
    /** Days that a machine can be rented ahead, with room. */
    private static final int MOST_EXTENSIONS = 150;
    /** By then whoever did not pay for a run may buy the next. */
    private static final Duration UNPAID_RUNS_KEPT = Duration.ofMinutes(6);
    private static final Set<String> UNFINISHED = Set.of("CLAIMED", "RUNNING", "RAN", "SETTLING", "SETTLE_UNKNOWN",
            "SETTLED",
            "REFUND_DUE", "REFUNDING", "REFUND_UNKNOWN", "PROVISIONING");
    private static final Set<String> ALL = Set.of();
    private static final Set<String> UNPAID = Set.of("SETTLE_REFUSED", "RUN_FAILED");
    private static final ObjectNode PICTURE = InferenceRequest.of("flux-schnell", "{\"prompt\": \"A red fox\"}");
    private static final Map<String, Integer> ENDS = new TreeMap<>();

    private static Agent payer;
    private static String extended;
    private static int extensions;
    private static Instant catalogueRead = Instant.EPOCH;
    private static Map<Kind, ReceivedOffer> offers;

    private record Placed(Kind kind, String path, ObjectNode body, PaymentPayload payment) {
        Answer send() {
            return payer.pay(path, body, payment);
        }
    }

    /** Before an order, which is placed next. */
    private record Standing(Wealth wealth, long claims, long unpaid, long fulfilled, Placed placed) {

        static Standing before(Kind kind) {
            return new Standing(Wealth.of(running, payer), claimsIn(ALL), claimsIn(UNPAID),
                    claimsIn(Set.of("FULFILLED")),
                    place(kind));
        }
    }

    static Stream<KilledOrder> orders() {
        payer = running.agent(3);
        rentTheExtended();
        offers = Map.of(
                Kind.PROVISION, payer.quote(PROVISION, MachineRequest.body()),
                Kind.EXTEND, payer.quote(MachineRequest.extend(extended), Json.object()),
                Kind.RUN, payer.quote(InferenceRequest.RUN, PICTURE));
        boolean all = System.getProperty("kills", "").equals("all");
        return Stream.of(Kind.values()).flatMap(kind -> {
            List<String> calls = callsOf(kind);
            return (all ? KilledOrder.all(kind, calls) : KilledOrder.spread(kind, calls)).stream();
        });
    }

    @BeforeEach
    void prepare() {
        if (running.now().isAfter(catalogueRead.plus(CATALOGUE_KEPT))) {
            running.cloud().fire("RefreshCatalog");
            catalogueRead = running.now();
        }
        if (extensions >= MOST_EXTENSIONS) {
            rentTheExtended();
        }
    }

    @AfterAll
    static void tell() {
        System.out.println("Killed functions: orders by their end " + ENDS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void whatWasPaidIsDeliveredOrGivenBack(KilledOrder order) {
        Standing before = kill(order);
        int answered;
        try (var _ = running.cloud().outsideCalls().watchedBy(new Hurry(running))) {
            answered = order.repeated() ? repeat(before.placed) : 0;
            settleDown(LEAST_MINUTES);
        }

        Wealth after = Wealth.of(running, payer);
        long price = price(order.kind());
        long debited = after.debitedSince(before.wealth);
        long delivered = order.kind() == Kind.RUN
                ? price * (claimsIn(Set.of("FULFILLED")) - before.fulfilled)
                : after.deliveredSince(before.wealth);
        long credited = after.credit() - before.wealth.credit();
        assertThat(debited).as("debited at most once").isIn(0L, price);
        assertThat(after.received() - before.wealth.received()).as("received").isEqualTo(debited);
        assertThat(after.transfers() - before.wealth.transfers()).as("transfers").isEqualTo(debited / price);
        assertThat(delivered + credited).as("delivered %d and credited %d", delivered, credited).isEqualTo(debited);
        // A payment that could not be settled before it ran out is refused, a run that was interrupted has failed: nothing was taken.
        long unpaid = claimsIn(UNPAID) - before.unpaid;
        long claimed = claimsIn(ALL) - before.claims;
        assertThat(claimed).as("claims, %d of them unpaid", unpaid).isEqualTo(debited / price + unpaid);
        if (order.repeated()) {
            assertThat(claimed).as("who insists is attended to").isOne();
            assertThat(answered).isIn(debited == 0 ? Set.of(402, 502) : Set.of(order.kind().answer(), 503));
        }
        ENDS.merge(delivered > 0
                ? "delivered"
                : credited > 0 ? "credited" : unpaid > 0 ? "refused or failed" : "never claimed", 1, Integer::sum);
    }

    /** Places the order and kills the function that takes it; once more where that has not come so far. */
    private static Standing kill(KilledOrder order) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            settleDown(0);
            Standing before = Standing.before(order.kind());
            if (Killer.kill(running.cloud(), order.kind().function(), order.point(), before.placed::send)) {
                return before;
            }
        }
        throw new AssertionError("%s: never came there".formatted(order));
    }

    /** Sends it again, and while it is pending every minute, until it has its last answer. */
    private static int repeat(Placed placed) {
        Answer answer = placed.send();
        for (int minute = 0; answer.status() == 202; minute++) {
            assertThat(minute).as("minutes without an answer").isLessThan(MOST_MINUTES);
            running.advance(MINUTE);
            answer = placed.send();
        }
        return answer.status();
    }

    /** The schedules run until nothing is left to do for them. */
    private static void settleDown(int leastMinutes) {
        for (int minute = 0; minute < leastMinutes || !isFinished(); minute++) {
            assertThat(minute).as("minutes without an end").isLessThan(MOST_MINUTES);
            running.advance(MINUTE);
        }
    }

    private static List<String> callsOf(Kind kind) {
        Placed placed = place(kind);
        List<String> calls = Killer.calls(running.cloud(), kind.function(), () -> {
            Answer answer = placed.send();
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(kind.answer());
        });
        settleDown(LEAST_MINUTES);
        return calls;
    }

    /** Ready to be sent, to a function that has just been started. */
    private static Placed place(Kind kind) {
        running.cloud().kill(kind.function());
        if (kind == Kind.RUN) {
            running.pass(UNPAID_RUNS_KEPT);
        }
        PaymentPayload payment = payer.sign(offers.get(kind));
        return switch (kind) {
            case PROVISION -> new Placed(kind, PROVISION, MachineRequest.body(), payment);
            case EXTEND -> {
                extensions++;
                yield new Placed(kind, MachineRequest.extend(extended), Json.object(), payment);
            }
            case RUN -> new Placed(kind, InferenceRequest.RUN, PICTURE, payment);
        };
    }

    private static void rentTheExtended() {
        extended = payer.machine();
        extensions = 0;
        running.awaitBoot();
        settleDown(LEAST_MINUTES);
    }

    private static boolean isFinished() {
        return Stream.of("payments", "instances").flatMap(KilledFunctionsTest::rows)
                .noneMatch(row -> row.containsKey("state") && UNFINISHED.contains(row.get("state").s()));
    }

    private static long price(Kind kind) {
        return offers.get(kind).requirements().amount().micros();
    }

    /** How many claims there are in these states; in any, where there are none. */
    private static long claimsIn(Set<String> states) {
        return rows("payments").filter(row -> row.containsKey("order_id"))
                .filter(row -> states.isEmpty() || states.contains(row.get("state").s())).count();
    }

    private static Stream<Map<String, AttributeValue>> rows(String table) {
        var tables = running.cloud().tables();
        return tables.listTables().tableNames().stream().filter(name -> name.toLowerCase(Locale.ROOT).contains(table))
                .flatMap(name -> tables.scanPaginator(scan -> scan.tableName(name).consistentRead(true)).items()
                        .stream());
    }
}
