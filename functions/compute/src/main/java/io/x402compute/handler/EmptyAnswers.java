package io.x402compute.handler;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers every call with no items and a secret that nobody uses, so that clients can be warmed up without a network. */
final class EmptyAnswers implements SdkHttpClient {
    private static final byte[] NOTHING = "{\"SecretString\":\"rehearsal\"}".getBytes(StandardCharsets.UTF_8);

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                return HttpExecuteResponse.builder()
                        .response(SdkHttpResponse.builder().statusCode(200)
                                .putHeader("Content-Type", "application/x-amz-json-1.0")
                                .putHeader("Content-Length", Integer.toString(NOTHING.length)).build())
                        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(NOTHING))).build();
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public void close() {}
}
