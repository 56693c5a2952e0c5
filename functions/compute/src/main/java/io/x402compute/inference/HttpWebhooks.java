package io.x402compute.inference;

import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

import io.x402compute.inference.outside.Exchange;
import io.x402compute.inference.outside.OutsideUrls;
import io.x402compute.inference.outside.Patience;
import io.x402compute.inference.outside.PublicAddresses;
import io.x402compute.inference.outside.Reply;

/**
 * Posts over HTTPS to hosts of the internet. What a name stands for is looked at each time it is posted to: it may have been moved inside since it was
 * accepted.
 */
public final class HttpWebhooks implements WebhookSender {
    private static final String SIGNATURE = "X-Webhook-Signature";
    /** Nobody reads what is answered; whoever answers with more has not understood. */
    private static final int MOST_BYTES = 64 << 10;

    private final OutsideUrls urls;

    /** @param urls those that buyers may name */
    public HttpWebhooks(OutsideUrls urls) {
        this.urls = urls;
    }

    @Override
    public boolean post(URI url, String body, String signature, Duration patience) {
        if (!isOpen(url)) {
            return false;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Content-Type", "application/json")
                .header("User-Agent", "x402Compute").header(SIGNATURE, signature).POST(BodyPublishers.ofString(body));
        return Exchange.send(request, patience, Patience.of(patience), MOST_BYTES) instanceof Reply.Answered answered
                && answered.isSuccess();
    }

    private boolean isOpen(URI url) {
        try {
            // Without TLS only this very machine is open, and only in the local run.
            return urls.parse(url.toString()).isPresent()
                    && ("http".equalsIgnoreCase(url.getScheme()) || PublicAddresses.isPublic(url));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
