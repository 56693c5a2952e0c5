package io.x402compute.handler;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.x402compute.http.RunFailed;
import io.x402compute.inference.upstream.ModelRefresh;

/** Every hour: brings what is known of upstreams' models and prices up to date with them. */
public final class RefreshModels extends Schedule {
    private final ModelRefresh refresh;

    public RefreshModels() {
        this(System.getenv());
    }

    public RefreshModels(Map<String, String> environment) {
        this(new Application(environment));
    }

    RefreshModels(Application application) {
        super(application);
        this.refresh = new InferenceServices(application).modelRefresh();
    }

    @Override
    protected Map<String, Long> run(Instant deadline) {
        ModelRefresh.Result result = refresh.refresh();
        if (result.unread() > 0 && result.read() == 0) {
            throw new RunFailed("upstreams_unread");
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("upstreams", (long) result.read());
        counts.put("upstreams_unread", (long) result.unread());
        counts.put("changes", (long) result.changes());
        return counts;
    }
}
