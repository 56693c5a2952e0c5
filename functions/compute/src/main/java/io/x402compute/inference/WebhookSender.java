package io.x402compute.inference;

import java.net.URI;
import java.time.Duration;

/** Posts to addresses that strangers have given. */
public interface WebhookSender {

    /**
     * Whether it was taken: answered with a status of 2xx. Never follows anybody elsewhere.
     *
     * @param signature of the body
     * @param patience for all of it together
     */
    boolean post(URI url, String body, String signature, Duration patience);
}
