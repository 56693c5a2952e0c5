package io.x402compute.inference;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.x402compute.http.Json;

/**
 * Tells webhooks of the ends of their jobs, again and again for about a day, until they take it. A notice is
 * {@code {"job_id", "status", "status_url"}} with the signature {@code t=<seconds>,v1=<hex>}: HMAC-SHA-256 of {@code <seconds>.<body>} under the
 * secret that the buyer got with the answer to the order. Whoever takes notices may get one twice.
 */
public final class Notices {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofSeconds(60);
    /** Between tries; after the last one it is given up. */
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1),
            Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(40), Duration.ofHours(1),
            Duration.ofHours(2), Duration.ofHours(4), Duration.ofHours(8), Duration.ofHours(8));

    private final Jobs jobs;
    private final WebhookSender sender;
    private final String publicUrl;
    private final Clock clock;

    /** @param publicUrl scheme and host of this API without a trailing slash; empty where it has none but the gateway's */
    public Notices(Jobs jobs, WebhookSender sender, String publicUrl, Clock clock) {
        this.jobs = jobs;
        this.sender = sender;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /**
     * Tells of the end of a job if somebody is still to be told.
     *
     * @return after how long the job is to come out of the queue once more
     */
    Optional<Duration> tell(Job over, Instant deadline) {
        if (!over.isUntold()) {
            return Optional.empty();
        }
        if (clock.instant().plus(PATIENCE).isAfter(deadline)) {
            return Optional.of(Duration.ZERO);
        }
        Job telling = over.telling(clock.instant().plus(LEASE));
        return jobs.save(telling) ? send(telling) : Optional.empty();
    }

    private Optional<Duration> send(Job telling) {
        Notice notice = telling.notice().orElseThrow();
        String body = Json.write(Json.object().put("job_id", telling.id().toString())
                .put("status", telling.state().name().toLowerCase(Locale.ROOT))
                .put("status_url", publicUrl + "/status/" + telling.id()));
        String signature = signature(notice.secret(), clock.instant().getEpochSecond(), body);
        boolean taken = sender.post(telling.request().webhook().orElseThrow(), body, signature, PATIENCE);
        if (taken || notice.tries() == PAUSES.size()) {
            jobs.save(telling.told(notice.closed()));
            return Optional.empty();
        }
        Duration pause = PAUSES.get(notice.tries());
        Instant at = clock.instant().plus(pause);
        boolean soon = pause.compareTo(RunWorker.LONGEST_DELAY) < 0;
        // Where the queue cannot hold it for so long, it is sent again when it is due.
        boolean saved = jobs.save(telling.untold(notice.inVain(), at, soon ? at.plus(LEASE) : at));
        return saved && soon ? Optional.of(pause.plusSeconds(1)) : Optional.empty();
    }

    /** What the header says, for a receiver to compare. */
    static String signature(String secret, long epochSecond, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signed = mac.doFinal((epochSecond + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=%d,v1=%s".formatted(epochSecond, HexFormat.of().formatHex(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }
}
