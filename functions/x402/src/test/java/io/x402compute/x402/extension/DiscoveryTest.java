package io.x402compute.x402.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.protocol.PaymentRequired;
import io.x402compute.x402.protocol.Vectors;
import io.x402compute.x402.protocol.WireJson;

class DiscoveryTest {

    @Test
    void routeSaysHowItIsCalled() {
        Discovery extend = new Discovery(WireJson.object().put("hours", 24), schema(), Map.of("id", "your machine"),
                Optional.of("/machines/:id/extend"));

        assertThat(extend.declaration().get("bazaar").toString()).isEqualTo("""
                {"info":{"input":{"type":"http","method":"POST","bodyType":"json","body":{"hours":24},\
                "pathParams":{"id":"your machine"}}},\
                "schema":{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":\
                {"input":{"type":"object","properties":{"type":{"const":"http"},"method":{"const":"POST"},\
                "bodyType":{"const":"json"},"body":{"type":"object","properties":{"hours":{"type":"integer"}}}}}},\
                "required":["input"]},"routeTemplate":"/machines/:id/extend"}""");
    }

    @Test
    void version1SaysItInEachOfItsOffers() {
        ObjectNode outputSchema = Discovery.of(WireJson.object(), schema()).outputSchema();

        ObjectNode body = new PaymentRequired("", Vectors.RESOURCE, List.of(Vectors.OFFER, Vectors.OFFER))
                .v1Body(Optional.of(outputSchema));

        assertThat(body.path("accepts")).hasSize(2).allSatisfy(
                offer -> assertThat(offer.path("outputSchema").toString()).isEqualTo("""
                        {"input":{"type":"http","method":"POST","discoverable":true,"bodyType":"json",\
                        "bodyFields":{"hours":{"type":"integer"}}}}"""));
        assertThat(body.has("extensions")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"machines", "/machines/{id}", "/../machines", "/https://example.com", "/", ""})
    void templateThatNoCatalogueTakesIsAMistake(String template) {
        assertThatThrownBy(() -> new Discovery(WireJson.object(), schema(), Map.of(), Optional.of(template)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ObjectNode schema() {
        ObjectNode schema = WireJson.object().put("type", "object");
        schema.putObject("properties").putObject("hours").put("type", "integer");
        return schema;
    }
}
