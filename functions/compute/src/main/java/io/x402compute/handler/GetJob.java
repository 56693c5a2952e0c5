package io.x402compute.handler;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.inference.Job;
import io.x402compute.inference.JobId;
import io.x402compute.inference.JobWatch;
import io.x402compute.payment.Claim;

/** {@code GET /status/{id}}: how far a run is and what it has brought, for whoever knows its id. */
public final class GetJob extends Endpoint {
    /** Before the run's id. */
    static final String PATH = "/status/";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final String APPLIED = "Preference-Applied";

    private final JobWatch jobs;
    private final Function<Job, Optional<Claim>> orders;
    private final Clock clock;

    public GetJob() {
        this(System.getenv());
    }

    public GetJob(Map<String, String> environment) {
        this(new Application(environment));
    }

    GetJob(Application application) {
        super(application);
        JobServices services = new JobServices(application);
        jobs = services.watch();
        orders = services.orders();
        clock = application.clock();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        Optional<Duration> wait = PreferredWait.of(request, LONGEST_WAIT);
        Job job = JobId.parse(request.pathParameter("id"))
                .flatMap(id -> jobs.find(id, wait.orElse(Duration.ZERO)))
                .orElseThrow(() -> ApiException.notFound("job"));
        ApiResponse answer = ApiResponse
                .ok(JobJson.of(job, orders.apply(job), request.baseUrl(), clock.instant()));
        return wait.map(applied -> answer.withHeader(APPLIED, "wait=" + applied.toSeconds())).orElse(answer);
    }

    @Override
    protected void prime() {
        rehearse(new GetJob(application().rehearsal()), "GET", PATH, Map.of(), "");
    }
}
