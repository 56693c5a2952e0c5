package io.x402compute.local.aws;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;

/** Passes DynamoDB calls on to DynamoDB Local, with the question what they cost; the answers come back byte for byte. */
final class DynamoDbService implements AwsService {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final List<String> FORWARDED = List.of("X-Amz-Target", "Content-Type", "Authorization",
            "X-Amz-Date");
    /** The checksum lets the caller's SDK notice a garbled body. */
    private static final List<String> RETURNED = List.of("Content-Type", "x-amz-crc32", "x-amzn-RequestId");

    private final DynamoDbLocal dynamoDb;
    private final CapacityMeter meter;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    DynamoDbService(DynamoDbLocal dynamoDb, CapacityMeter meter) {
        this.dynamoDb = dynamoDb;
        this.meter = meter;
    }

    @Override
    public String target() {
        return "DynamoDB_20120810";
    }

    @Override
    public String errorNamespace() {
        return "com.amazon.coral.service#";
    }

    @Override
    public List<Permission> permissions(String operation, JsonNode request) {
        return DynamoDbPermissions.of(operation, request);
    }

    @Override
    public AwsAnswer answer(AwsCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(dynamoDb.uri())
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofString(Json.write(CapacityMeter.asking(call.operation(), call.request()))));
        for (String name : FORWARDED) {
            String value = call.headers().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            meter.add(call.functionId(), call.operation(), call.request(), Json.read(response.body()));
            Map<String, String> headers = new LinkedHashMap<>();
            RETURNED.forEach(name -> response.headers().firstValue(name).ifPresent(value -> headers.put(name, value)));
            return new AwsAnswer(response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw AwsException.of("InternalServerError", "DynamoDB Local: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AwsException.of("InternalServerError", "interrupted");
        }
    }
}
