package io.x402compute.handler;

import io.x402compute.http.ScheduledFunction;

/** A scheduled function that is put together from an {@link Application}. */
abstract class Schedule extends ScheduledFunction {
    private final Application application;

    Schedule(Application application) {
        super(application.clock());
        this.application = application;
    }

    @Override
    protected final void forget() {
        application.forget();
    }
}
