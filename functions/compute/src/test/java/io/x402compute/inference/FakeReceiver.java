package io.x402compute.inference;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where webhooks are told. */
final class FakeReceiver implements WebhookSender {
    private final List<Told> told = new ArrayList<>();
    private boolean takes = true;

    record Told(URI url, String body, String signature) {}

    @Override
    public boolean post(URI url, String body, String signature, Duration patience) {
        told.add(new Told(url, body, signature));
        return takes;
    }

    void takes(boolean now) {
        takes = now;
    }

    List<Told> told() {
        return told;
    }
}
