package io.x402compute.handler;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.inference.Attachment;
import io.x402compute.inference.JobId;
import io.x402compute.inference.JobWatch;

/** {@code GET /results/{id}/{field}}: what is not JSON in the result of a run, for whoever knows its id. */
public final class GetResult extends Endpoint {
    private static final String PATH = "/results/";
    /** What a browser shows and does not run; whatever else an upstream says it is, is bytes. */
    private static final Pattern HARMLESS = Pattern
            .compile("(?:(?:image|audio|video|font|model)/[a-z0-9.+-]{1,60}|text/plain|application/(?:json|pdf|zip))");
    private static final String BYTES = "application/octet-stream";

    private final JobWatch jobs;

    public GetResult() {
        this(System.getenv());
    }

    public GetResult(Map<String, String> environment) {
        this(new Application(environment));
    }

    GetResult(Application application) {
        super(application);
        jobs = new JobServices(application).watch();
    }

    @Override
    protected ApiResponse handle(ApiRequest request) {
        Attachment found = JobId.parse(request.pathParameter("id"))
                .flatMap(id -> jobs.attachment(id, request.pathParameter("field")))
                .orElseThrow(() -> ApiException.notFound("result"));
        return ApiResponse.bytes(mediaType(found), found.bytes())
                .withHeader("X-Content-Type-Options", "nosniff")
                // Strangers made it: whatever is in it runs nothing under our address.
                .withHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    }

    private static String mediaType(Attachment found) {
        String type = found.mediaType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return HARMLESS.matcher(type).matches() ? type : BYTES;
    }

    @Override
    protected void prime() {
        rehearse(new GetResult(application().rehearsal()), "GET", PATH, Map.of(), "");
    }
}
