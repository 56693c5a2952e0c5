package io.x402compute.x402.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.x402compute.x402.protocol.Vectors;
import io.x402compute.x402.protocol.WireJson;

class ExtensionEchoTest {
    private static final ExtensionEcho ECHO = new ExtensionEcho(Map.of("a", WireJson.parse("""
            {"info":{"n":24,"deep":{"list":["x","y"],"flag":false}},"schema":{"type":"object"}}"""
            .getBytes(StandardCharsets.UTF_8)).orElseThrow()));

    @ParameterizedTest
    @ValueSource(strings = {
        "{}",
        // Others know more extensions than we do.
        "{\"b\":{\"info\":{}},\"c\":null}",
        "{\"a\":{\"info\":{\"n\":24,\"deep\":{\"list\":[\"x\",\"y\"],\"flag\":false}},\"schema\":{\"type\":\"object\"}}}",
        "{\"a\":{\"info\":{\"deep\":{\"flag\":false,\"list\":[\"x\",\"y\"],\"more\":1},\"id\":\"mine\",\"n\":24}}}",
        "{\"a\":{\"info\":{\"n\":24,\"deep\":{\"list\":[\"x\",\"y\"],\"flag\":false}},\"schema\":1}}",
        "{\"a\":{\"n\":24,\"deep\":{\"list\":[\"x\",\"y\"],\"flag\":false}}}"})
    void clientMayAddAndLeaveOutWholeExtensions(String echoed) {
        assertThat(isKept(echoed)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"a\":{\"info\":{}}}", "{\"a\":{}}", "{\"a\":null}", "{\"a\":[]}", "{\"a\":{\"info\":null}}",
        "{\"a\":{\"info\":{\"n\":25,\"deep\":{\"list\":[\"x\",\"y\"],\"flag\":false}}}}",
        "{\"a\":{\"info\":{\"n\":\"24\",\"deep\":{\"list\":[\"x\",\"y\"],\"flag\":false}}}}",
        "{\"a\":{\"info\":{\"n\":24,\"deep\":{\"list\":[\"x\"],\"flag\":false}}}}",
        "{\"a\":{\"info\":{\"n\":24,\"deep\":{\"list\":[\"x\",\"y\",\"z\"],\"flag\":false}}}}",
        "{\"a\":{\"info\":{\"n\":24,\"deep\":{\"list\":[\"y\",\"x\"],\"flag\":false}}}}",
        "{\"a\":{\"info\":{\"n\":24,\"deep\":{\"list\":[\"x\",\"y\"]}}}}",
        "{\"a\":{\"info\":{\"n\":24,\"deep\":null}}}"})
    void whatWasOfferedMayNotBeChanged(String echoed) {
        assertThat(isKept(echoed)).isFalse();
        assertThat(ExtensionEcho.NOTHING.isKeptBy(Extended.by(echoed.getBytes(StandardCharsets.UTF_8)))).isTrue();
    }

    @Test
    void clientThatEchoesNothingIsFine() {
        assertThat(ECHO.isKeptBy(Vectors.version1())).isTrue();
        assertThat(ECHO.isKeptBy(Vectors.version2())).isTrue();
    }

    private static boolean isKept(String echoed) {
        return ECHO.isKeptBy(Extended.by(echoed.getBytes(StandardCharsets.UTF_8)));
    }
}
