package io.x402compute.http;

import java.security.Security;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import org.crac.Core;
import org.crac.Resource;

/**
 * A function that is restored from a snapshot: it runs once before the snapshot is taken, so that the classes of a request
 * are loaded and compiled in it, and forgets after a restore what it remembered. Each of the two leaves a log line: hooks that
 * are not run are otherwise noticed by nobody.
 */
abstract class SnapStartFunction implements Resource {
    private static final String ADDRESSES_KEPT_SECONDS = "10";

    // Only the reference is stored, and weakly: nothing is called before the snapshot.
    @SuppressWarnings("this-escape")
    SnapStartFunction() {
        // The JVM would keep the addresses of a snapshot for ever, and the snapshot lives for weeks.
        Security.setProperty("networkaddress.cache.ttl", ADDRESSES_KEPT_SECONDS);
        Core.getGlobalContext().register(this);
    }

    /** Runs what a request runs, once. Must not leave the process: what it finds there is not a customer. */
    protected abstract void prime();

    /** Empties every cache of this function: what was true at the snapshot may be weeks old. */
    protected void forget() {}

    @Override
    public final void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
        long start = System.nanoTime();
        prime();
        log("primed", start);
    }

    @Override
    public final void afterRestore(org.crac.Context<? extends Resource> context) {
        long start = System.nanoTime();
        forget();
        log("restored", start);
    }

    private void log(String what, long startNanos) {
        LambdaRuntime.getLogger().log(Json.write(Json.object().put("function", getClass().getSimpleName())
                .put("snapshot", what).put("duration_ms", (System.nanoTime() - startNanos) / 1_000_000)));
    }
}
