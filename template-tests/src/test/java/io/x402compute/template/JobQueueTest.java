package io.x402compute.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class JobQueueTest {
    private final SynthesizedTemplate template = SynthesizedTemplate.read();
    private final JsonNode queue = template.properties("JobQueue");
    private final JsonNode source = template.only("AWS::Lambda::EventSourceMapping");

    @Test
    void theQueueCallsTheAliasOfItsFunctionWithOneJobAtATime() {
        assertThat(SynthesizedTemplate.target(source.path("EventSourceArn"))).isEqualTo("JobQueue");
        // The function's name, cut out of the alias's ARN, and the alias's.
        JsonNode name = source.at("/FunctionName/Fn::Join/1");
        String alias = SynthesizedTemplate.target(name.at("/0/Fn::Select/1/Fn::Split/1"));
        assertThat(template.handlerBehind(alias)).isEqualTo("WorkJobs");
        assertThat(name.path(1).asText()).isEqualTo(":live");
        assertThat(source.path("BatchSize").asInt()).isEqualTo(1);
    }

    @Test
    void onlyJobsThatFailedComeAgain() {
        assertThat(source.path("FunctionResponseTypes")).map(JsonNode::asText)
                .containsExactly("ReportBatchItemFailures");
    }

    @Test
    void theOperatorSaysHowManyAreWorkedOnAtOnce() {
        assertThat(SynthesizedTemplate.target(source.at("/ScalingConfig/MaximumConcurrency")))
                .isEqualTo("JobConcurrency");
        // What Lambda takes.
        assertThat(template.parameters().at("/JobConcurrency/MinValue").asInt()).isEqualTo(2);
        assertThat(template.parameters().at("/JobConcurrency/MaxValue").asInt()).isEqualTo(1000);
    }

    /** While one function may still be at a job, no other must get it. */
    @Test
    void aJobStaysHiddenForAsLongAsLambdaAdvises() {
        int timeout = template.functions().get("WorkJobs").path("Timeout").asInt();

        assertThat(timeout).isEqualTo(300);
        assertThat(queue.path("VisibilityTimeout").asInt()).isEqualTo(6 * timeout);
    }

    @Test
    void whatNobodyCanWorkOffIsKeptForLongerThanItWaited() {
        assertThat(SynthesizedTemplate.target(queue.at("/RedrivePolicy/deadLetterTargetArn")))
                .isEqualTo("JobDeadLetters");
        assertThat(queue.at("/RedrivePolicy/maxReceiveCount").asInt()).isEqualTo(5);
        // What is moved keeps its age.
        assertThat(template.properties("JobDeadLetters").path("MessageRetentionPeriod").asInt())
                .isEqualTo(14 * 24 * 3600).isGreaterThan(queue.path("MessageRetentionPeriod").asInt());
    }

    @Test
    void everyQueueIsEncryptedAtRestAndOnItsWay() {
        assertThat(template.all("AWS::SQS::Queue").values()).hasSize(3)
                .allSatisfy(any -> assertThat(any.path("SqsManagedSseEnabled").asBoolean()).isTrue());
        List<JsonNode> statements = template.all("AWS::SQS::QueuePolicy").values().stream()
                .flatMap(policy -> policy.at("/PolicyDocument/Statement").valueStream())
                .filter(statement -> statement.path("Effect").asText().equals("Deny")).toList();
        assertThat(statements).hasSize(3).allSatisfy(statement -> assertThat(
                statement.at("/Condition/Bool/aws:SecureTransport").asText()).isEqualTo("false"));
    }
}
