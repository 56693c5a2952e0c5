package io.x402compute.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.local.template.Route;

class RouteTableTest {
    private static final RouteTable ROUTES = new RouteTable(
            List.of(
                    new Route("ANY /files/{path+}", "greedy"), new Route("GET /notes/{id}", "parameter"),
                    new Route("ANY /notes/{id}", "any"), new Route("GET /notes/latest", "fixed"),
                    new Route("POST /notes/{id}/copies", "longer")));

    @ParameterizedTest
    @CsvSource({
        "GET, /notes/latest, fixed",
        "GET, /notes/7, parameter",
        "DELETE, /notes/7, any",
        "POST, /notes/7/copies, longer",
        "PUT, /files/a/b/c, greedy"})
    void theMostSpecificRouteWins(String method, String path, String function) {
        assertThat(ROUTES.match(method, path).orElseThrow().route().functionId()).isEqualTo(function);
    }

    @ParameterizedTest
    @CsvSource({"GET, /notes", "GET, /notes/", "GET, /notes/7/", "PUT, /notes/7/copies", "GET, /"})
    void anythingElseHasNoRoute(String method, String path) {
        assertThat(ROUTES.match(method, path)).isEmpty();
    }

    @Test
    void parametersAreNamedAsInTheTemplate() {
        assertThat(ROUTES.match("GET", "/notes/7").orElseThrow().parameters()).isEqualTo(Map.of("id", "7"));
        assertThat(ROUTES.match("GET", "/files/a/b").orElseThrow().parameters()).isEqualTo(Map.of("path", "a/b"));
    }

    @Test
    void theDefaultRouteTakesTheRest() {
        RouteTable routes = new RouteTable(List.of(new Route("$default", "rest"), new Route("GET /a", "a")));

        assertThat(routes.match("GET", "/b").orElseThrow().route().functionId()).isEqualTo("rest");
    }
}
