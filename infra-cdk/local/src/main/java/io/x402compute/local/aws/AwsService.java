package io.x402compute.local.aws;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** One AWS service behind the endpoint, speaking the JSON protocol. */
interface AwsService {

    /** The service's part of {@code X-Amz-Target}, for example {@code DynamoDB_20120810}. */
    String target();

    /** The prefix of the error type of a refused call; most services have none. */
    default String errorNamespace() {
        return "";
    }

    /** All that the caller must be allowed for this call. */
    List<Permission> permissions(String operation, JsonNode request);

    /**
     * Carries the call out.
     *
     * @throws AwsException with the error to answer
     */
    AwsAnswer answer(AwsCall call);
}
