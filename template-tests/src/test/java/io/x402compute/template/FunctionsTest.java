package io.x402compute.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class FunctionsTest {
    private static final int GATEWAY_TIMEOUT_SECONDS = 30;

    private final SynthesizedTemplate template = SynthesizedTemplate.read();

    @Test
    void everyHandlerIsAClassThatLambdaCanMake() {
        assertThat(template.functions().values()).isNotEmpty().allSatisfy(function -> {
            Class<?> handler = Class.forName(SynthesizedTemplate.handlerClass(function));
            assertThat(handler.getConstructor()).isNotNull();
            assertThat(Stream.of(handler.getMethods()).map(java.lang.reflect.Method::getName))
                    .contains("handleRequest");
        });
    }

    @Test
    void everyFunctionIsRestoredFromASnapshotBehindItsAlias() {
        assertThat(template.functions().values()).allSatisfy(
                function -> assertThat(function.at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions"));
        assertThat(template.all("AWS::Lambda::Alias").values())
                .allSatisfy(alias -> assertThat(alias.path("Name").asText()).isEqualTo("live"));
        assertThat(template.all("AWS::Lambda::Alias").keySet().stream().map(template::handlerBehind))
                .containsExactlyInAnyOrderElementsOf(template.functions().keySet());
    }

    @Test
    void everyFunctionRunsOnTheChosenRuntime() {
        assertThat(template.functions().values()).allSatisfy(function -> {
            assertThat(function.path("Runtime").asText()).isEqualTo("java25");
            assertThat(function.path("Architectures")).map(JsonNode::asText).containsExactly("arm64");
            assertThat(function.path("MemorySize").asInt()).isEqualTo(1024);
        });
    }

    @Test
    void functionsOfTheApiAnswerBeforeTheGatewayGivesUp() {
        assertThat(template.all("AWS::ApiGatewayV2::Integration").values())
                .extracting(integration -> SynthesizedTemplate.target(integration.path("IntegrationUri")))
                .map(template::handlerBehind)
                .allSatisfy(
                        handler -> assertThat(template.functions().get(handler).path("Timeout").asInt())
                                .isLessThan(GATEWAY_TIMEOUT_SECONDS));
    }

    @Test
    void everyFunctionHasALogOfItsOwn() {
        assertThat(template.functions().values())
                .extracting(function -> SynthesizedTemplate.target(function.at("/LoggingConfig/LogGroup")))
                .doesNotHaveDuplicates()
                .allSatisfy(log -> assertThat(template.all("AWS::Logs::LogGroup")).containsKey(log));
    }

    @Test
    void everyLogEndsAfterAMonth() {
        assertThat(template.all("AWS::Logs::LogGroup").values())
                .allSatisfy(log -> assertThat(log.path("RetentionInDays").asInt()).isEqualTo(30));
    }
}
