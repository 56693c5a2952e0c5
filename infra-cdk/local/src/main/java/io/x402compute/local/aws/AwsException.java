package io.x402compute.local.aws;

import io.x402compute.http.Json;

/** A call that AWS would refuse, with the error type that its SDKs recognise. */
final class AwsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final String messageField;

    private AwsException(String type, String messageField, String message) {
        super(message, null, false, false);
        this.type = type;
        this.messageField = messageField;
    }

    static AwsException of(String type, String message) {
        return new AwsException(type, "message", message);
    }

    /** What IAM refuses: its part of the answer is spelled with a capital, unlike the services' own. */
    static AwsException accessDenied(String namespace, String message) {
        return new AwsException(namespace + "AccessDeniedException", "Message", message);
    }

    static AwsException unknownOperation(String target) {
        return of("UnknownOperationException", "The local endpoint does not know " + target);
    }

    /** All of these are 400 in the JSON protocol; the type tells them apart. */
    AwsAnswer answer() {
        return AwsAnswer.json(400, Json.object().put("__type", type).put(messageField, getMessage()));
    }
}
