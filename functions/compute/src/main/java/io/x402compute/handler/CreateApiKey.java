package io.x402compute.handler;

import java.util.Map;
import java.util.Optional;

import io.x402compute.access.ApiKeyIssuer;
import io.x402compute.access.ApiKeyIssuer.Issue;
import io.x402compute.access.ApiKeys;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.RequestBody;
import io.x402compute.idempotency.KeptAnswer;
import io.x402compute.x402.protocol.Wallet;

/** {@code POST /compute/api-keys}: makes a key for the wallet that signs, and shows it this once. */
public final class CreateApiKey extends SecretEndpoint {
    private static final int LABEL_LENGTH = 100;

    private final ApiKeyIssuer issuer;

    public CreateApiKey() {
        this(System.getenv());
    }

    public CreateApiKey(Map<String, String> environment) {
        this(new Application(environment));
    }

    CreateApiKey(Application application) {
        super(application, new AccessServices(application).signatures()::require);
        issuer = new AccessServices(application).apiKeyIssuer();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller, KeptAnswer kept) {
        Optional<String> label = RequestBody.of(request).optionalText("label", LABEL_LENGTH);
        return switch (issuer.issue(caller, label, issued -> kept.together(render(issued)))) {
            case Issue.Issued issued -> render(issued);
            case Issue.TooMany() -> throw new ApiException(409, "too_many_keys",
                    "A wallet may have " + ApiKeys.MOST_ACTIVE + " keys: revoke one");
            case Issue.Busy() -> throw ApiKeyJson.busy();
        };
    }

    private static ApiResponse render(Issue.Issued issued) {
        return ApiResponse.of(201, ApiKeyJson.created(issued.key(), issued.secret()));
    }

    @Override
    protected void prime() {
        rehearse(new CreateApiKey(application().rehearsal()), "POST", RehearsedRequests.KEYS,
                RehearsedRequests.SIGNED_KEY, RehearsedRequests.KEY);
    }
}
