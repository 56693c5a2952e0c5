package io.x402compute.handler;

import java.util.Map;

import io.x402compute.access.ApiKey;
import io.x402compute.access.ApiKeyIssuer;
import io.x402compute.access.ApiKeyIssuer.Issue;
import io.x402compute.access.ApiKeySecret;
import io.x402compute.access.ApiKeys;
import io.x402compute.access.CallKind;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.RequestBody;
import io.x402compute.x402.protocol.Wallet;

/** {@code POST /compute/api-keys}: makes a key for the wallet that signs, and shows it this once. */
public final class CreateApiKey extends WalletEndpoint {
    private static final int LABEL_LENGTH = 100;

    private final ApiKeyIssuer issuer;

    public CreateApiKey() {
        this(System.getenv());
    }

    public CreateApiKey(Map<String, String> environment) {
        this(new Application(environment));
    }

    CreateApiKey(Application application) {
        super(application, application.signatures()::require, CallKind.WRITES);
        issuer = application.apiKeyIssuer();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        Issue issue = issuer.issue(caller, RequestBody.of(request).optionalText("label", LABEL_LENGTH));
        return switch (issue) {
            case Issue.Issued(ApiKey key, ApiKeySecret secret) -> ApiResponse.of(201,
                    ApiKeyJson.created(key, secret));
            case Issue.TooMany() -> throw new ApiException(409, "too_many_keys",
                    "A wallet may have " + ApiKeys.MOST_ACTIVE + " keys: revoke one");
            case Issue.Busy() -> throw ApiKeyJson.busy();
        };
    }

    @Override
    protected void prime() {
        rehearse(new CreateApiKey(application().rehearsal()), "POST", RehearsedRequests.KEYS,
                RehearsedRequests.SIGNED_KEY, RehearsedRequests.KEY);
    }
}
