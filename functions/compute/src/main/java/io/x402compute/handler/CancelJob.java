package io.x402compute.handler;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import io.x402compute.access.CallKind;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.inference.Job;
import io.x402compute.inference.JobCancellation;
import io.x402compute.inference.JobId;
import io.x402compute.x402.protocol.Wallet;

/**
 * {@code DELETE /status/{id}}: ends one of the caller's runs, if it can still be ended. To know an id is enough to see a run, which its buyer may
 * have shown to others; to end it takes the wallet that paid.
 */
public final class CancelJob extends WalletEndpoint {
    private final JobCancellation cancellation;
    private final Clock clock;

    public CancelJob() {
        this(System.getenv());
    }

    public CancelJob(Map<String, String> environment) {
        this(new Application(environment));
    }

    CancelJob(Application application) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.WRITES);
        cancellation = new JobServices(application).cancellation();
        clock = application.clock();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        Job job = JobId.parse(request.pathParameter("id")).flatMap(id -> cancellation.cancel(id, caller))
                .orElseThrow(() -> ApiException.notFound("job"));
        return ApiResponse.ok(JobJson.of(job, Optional.empty(), request.baseUrl(), clock.instant()));
    }

    @Override
    protected void prime() {
        rehearse(new CancelJob(application().rehearsal()), "DELETE", RehearsedRequests.LIST, RehearsedRequests.SIGNED,
                "");
    }
}
