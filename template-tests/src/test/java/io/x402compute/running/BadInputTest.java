package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.local.client.Answer;
import io.x402compute.page.Cursor;
import io.x402compute.page.Place;

/** Whatever is wrong with a request is answered in one shape and with its own code, and changes nothing. */
class BadInputTest {
    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static Scene scene;
    private static World before;

    @BeforeAll
    static void set() {
        scene = Scene.set(running);
        before = running.world();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRequests")
    void aBadRequestIsAnsweredWithItsCodeAndChangesNothing(BadRequest bad) {
        Answer answer = bad.request().send(scene);

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(bad.status());
        if (bad.isGateways()) {
            assertThat(answer.body().has("code")).isFalse();
        } else {
            ToldError told = ToldError.of(answer.body());
            assertThat(told.code()).isEqualTo(bad.code());
            assertThat(told.text()).isNotBlank();
            assertThat(told.requestId()).isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
        }
        assertThat(answer.body().has("accepts")).as("a price").isEqualTo(bad.status() == 402);
        assertThat(running.world()).isEqualTo(before);
    }

    /** A cursor is no secret: whoever knows how can make one, for his own list. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1_771_372_800_123L, Long.MAX_VALUE})
    void aCursorThatSomebodyMadeUpShowsAListOfHisOwn(long millis) {
        Map<String, String> filters = Map.of("/compute/instances", "status\nplan\nregion\nlabel",
                "/compute/api-keys", "status", "/compute/credits/entries", "", "/compute/orders", "");
        for (String path : filters.keySet()) {
            String scope = String.join("\n", path, scene.owner().address(), filters.get(path));
            String cursor = Cursor.of(new Place(Instant.ofEpochMilli(millis), new UUID(0, 0)), scope);

            Answer answer = scene.owner().signed("GET", path + "?cursor=" + cursor);

            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
            assertThat(running.world()).isEqualTo(before);
        }
    }

    static Stream<BadRequest> badRequests() {
        return Stream.of(BadBodies.all(), BadOrders.all(), BadExtensions.all(), BadPaymentRequests.all(),
                BadCatalogueRequests.all(), BadQueries.all(), BadInstanceRequests.all(), BadPasswordRequests.all(),
                BadOperations.all(), BadAutoExtensions.all(), BadKeyRequests.all(), BadCreditRequests.all(),
                BadRunRequests.all(), BadIdempotencyKeys.all(), BadFacilitatorRequests.all(), BadMcpRequests.all(),
                BadJobRequests.all(), BadCredentials.all(), BadSignIns.all())
                .flatMap(rows -> rows);
    }
}
