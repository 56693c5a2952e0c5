package io.x402compute.inference.upstream;

import io.x402compute.inference.Outcome;

/** One whose result is to be asked for later. */
interface LongCall extends Call {

    /** How far it is; as it was, where nobody could be asked. */
    Outcome look(Pending pending, Connection upstream);

    /** Asks for it to be stopped. */
    void stop(Pending pending, Connection upstream);
}
