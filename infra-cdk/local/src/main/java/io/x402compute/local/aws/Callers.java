package io.x402compute.local.aws;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who is calling, by the access key id in the request's signature. The signature itself is not checked: everything here
 * runs on one machine, and what matters is which role a call is judged by.
 */
public final class Callers {
    /** The other half of every function's credentials. */
    public static final String SECRET_ACCESS_KEY = "local";
    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]+)/");

    private final Map<String, String> functionIds = new ConcurrentHashMap<>();

    /** Makes the function known and gives its access key id: letters and digits only, as DynamoDB Local demands. */
    public String accessKeyId(String functionId) {
        String accessKeyId = "local" + functionId;
        functionIds.put(accessKeyId, functionId);
        return accessKeyId;
    }

    /** @param authorization the {@code Authorization} header, null without one */
    Optional<String> functionId(String authorization) {
        Matcher credential = CREDENTIAL.matcher(authorization == null ? "" : authorization);
        return credential.find() ? Optional.ofNullable(functionIds.get(credential.group(1))) : Optional.empty();
    }
}
