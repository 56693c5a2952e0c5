package io.x402compute.access;

import java.time.Instant;

/** How many calls somebody has made. */
public interface CallCounts {

    /**
     * Counts a call.
     *
     * @param window the beginning of the window that it falls in
     * @param until when the window may be forgotten
     * @return the calls of this caller and kind in this window so far, this one included
     */
    long count(String caller, String kind, Instant window, Instant until);
}
