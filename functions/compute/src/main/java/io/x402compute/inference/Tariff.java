package io.x402compute.inference;

import io.x402compute.x402.protocol.Usdc;

/** What runs cost. */
public interface Tariff {

    /**
     * Before it is run.
     *
     * @throws io.x402compute.http.ApiException when nobody can run it here: then nothing is taken for it
     */
    Estimate estimate(RunRequest request);

    /** After it was run: never more than was estimated. */
    Usdc cost(RunRequest request, Usage usage);
}
