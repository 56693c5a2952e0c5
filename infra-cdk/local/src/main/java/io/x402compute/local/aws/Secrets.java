package io.x402compute.local.aws;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;

import io.x402compute.http.Json;

/** Secrets Manager: serves values put in before the functions start. */
public final class Secrets implements AwsService {
    private static final String ARN_PREFIX = "arn:aws:secretsmanager:us-east-1:000000000000:secret:";
    /** Every version has an id; there is only ever one here. */
    private static final String VERSION_ID = "00000000-0000-0000-0000-000000000001";

    private final Map<String, String> values = new ConcurrentHashMap<>();

    /**
     * Creates the secret, or gives it another value.
     *
     * @param nameOrArn as the functions ask for it
     */
    public void put(String nameOrArn, String value) {
        values.put(arn(nameOrArn), value);
    }

    @Override
    public String target() {
        return "secretsmanager";
    }

    @Override
    public List<Permission> permissions(String operation, JsonNode request) {
        return List.of(new Permission("secretsmanager:" + operation, arn(request.path("SecretId").asText())));
    }

    @Override
    public AwsAnswer answer(AwsCall call) {
        if (!call.operation().equals("GetSecretValue")) {
            throw AwsException.unknownOperation(target() + "." + call.operation());
        }
        String arn = arn(call.request().path("SecretId").asText());
        String value = values.get(arn);
        if (value == null) {
            throw AwsException.of(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret.");
        }
        var answer = Json.object()
                .put("ARN", arn)
                .put("Name", arn.substring(ARN_PREFIX.length()))
                .put("VersionId", VERSION_ID)
                .put("SecretString", value);
        answer.putArray("VersionStages").add("AWSCURRENT");
        return AwsAnswer.json(200, answer);
    }

    private static String arn(String nameOrArn) {
        return nameOrArn.startsWith("arn:") ? nameOrArn : ARN_PREFIX + nameOrArn;
    }
}
