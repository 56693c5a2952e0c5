package io.x402compute.inference;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** Remembers what it was asked, in words. */
final class FakeSqs implements SqsClient {
    private final List<String> asked = new ArrayList<>();
    private boolean failing;

    List<String> asked() {
        return asked;
    }

    void fail() {
        failing = true;
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        note("send " + request.messageBody() + " in " + request.delaySeconds() + " s");
        return SendMessageResponse.builder().build();
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        note("show " + request.receiptHandle() + " in " + request.visibilityTimeout() + " s");
        return ChangeMessageVisibilityResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    private void note(String call) {
        if (failing) {
            throw SdkClientException.create("nobody there");
        }
        asked.add(call);
    }
}
