package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.local.client.Answer;

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
            assertThat(answer.body().path("code").textValue()).isEqualTo(bad.code());
            assertThat(answer.body().path("error").textValue()).isNotBlank();
            assertThat(answer.body().path("request_id").textValue())
                    .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
        }
        assertThat(answer.body().has("accepts")).as("a price").isEqualTo(bad.status() == 402);
        assertThat(running.world()).isEqualTo(before);
    }

    static Stream<BadRequest> badRequests() {
        return Stream.of(BadBodies.all(), BadOrders.all(), BadExtensions.all(), BadPaymentRequests.all(),
                BadCatalogueRequests.all(), BadInstanceRequests.all(), BadPasswordRequests.all(), BadKeyRequests.all(),
                BadCredentials.all(), BadQueries.all())
                .flatMap(rows -> rows);
    }
}
