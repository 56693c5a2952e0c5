package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import java.util.stream.Stream;

import org.crac.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.http.FakeContext;
import io.x402compute.http.Requests;

class PrimingTest {
    /** Nobody listens there: a call that left the process would fail. */
    private static final Map<String, String> ENVIRONMENT = Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1",
            "AWS_REGION",
            "us-east-1", "AWS_ACCESS_KEY_ID", "x", "AWS_SECRET_ACCESS_KEY", "x", "CATALOG_TABLE", "catalog",
            "PROVIDER_SECRET", "provider");

    @ParameterizedTest
    @MethodSource
    void functionCanBePrimed(Resource function) {
        assertThatCode(() -> function.beforeCheckpoint(null)).doesNotThrowAnyException();
    }

    static Stream<Resource> functionCanBePrimed() {
        return Stream.of(new ListPlans(ENVIRONMENT), new ListRegions(ENVIRONMENT), new ListImages(ENVIRONMENT),
                new CheckHealth(ENVIRONMENT), new RefreshCatalog(ENVIRONMENT));
    }

    @Test
    void rehearsalServesFromEmptyTablesWithoutLeavingTheProcess() {
        Application rehearsal = new Application(ENVIRONMENT).rehearsal();

        assertThat(
                new ListPlans(rehearsal).handleRequest(Requests.event("GET", "/compute/plans", ""), new FakeContext())
                        .getBody())
                .isEqualTo("{\"plans\":[],\"count\":0}");
        assertThat(new CheckHealth(rehearsal).handleRequest(Requests.event("GET", "/health", ""), new FakeContext())
                .getBody()).contains("catalog_stale");
    }
}
