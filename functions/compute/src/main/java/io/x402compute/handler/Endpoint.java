package io.x402compute.handler;

import io.x402compute.http.ApiFunction;

/** An API function that is put together from an {@link Application}. */
abstract class Endpoint extends ApiFunction {
    private final Application application;

    Endpoint(Application application) {
        super(application.clock(), application.settings().publicUrl());
        this.application = application;
    }

    final Application application() {
        return application;
    }

    @Override
    protected final void forget() {
        application.forget();
    }
}
