package io.x402compute.inference.upstream;

import io.x402compute.inference.Outcome;

/** How one operation is asked for. */
interface Call {

    /** Asks for it, once. */
    Outcome run(Task task, Connection upstream);
}
