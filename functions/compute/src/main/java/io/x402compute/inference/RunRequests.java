package io.x402compute.inference;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.Json;
import io.x402compute.http.RequestBody;
import io.x402compute.inference.outside.OutsideUrls;

/** Reads from requests what is to be run. */
public final class RunRequests {
    /** What matters most, {@code fast} where it is not sent. */
    public static final String PRIORITY = "X-Priority";

    private static final String SERVICE = "service";
    private static final String INPUT = "input";
    private static final String WEBHOOK = "webhook_url";
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_URL = 2048;

    private final Services services;
    private final OutsideUrls urls;

    /** @param urls those that callers may have us ask */
    public RunRequests(Services services, OutsideUrls urls) {
        this.services = services;
        this.urls = urls;
    }

    /**
     * Reads {@code {"service", "input", "webhook_url"?}}.
     *
     * @param priority as it was sent, in the header or elsewhere
     * @throws ApiException 400 for whatever is missing or wrong
     */
    public RunRequest read(RequestBody body, Optional<String> priority) {
        Service service = service(body.text(SERVICE, LONGEST_KEY));
        Optional<URI> webhook = body.optionalText(WEBHOOK, LONGEST_URL).map(text -> webhook(service, text));
        return new RunRequest(service.key(), service.input().complete(INPUT, body.object(INPUT), urls),
                priority(priority), webhook);
    }

    /** A request as the catalogue shows it. */
    public RunRequest example(Service service) {
        return new RunRequest(service.key(), service.input().complete(INPUT, service.example(), urls), Priority.FAST,
                Optional.empty());
    }

    /**
     * That service.
     *
     * @throws ApiException 400 {@code unknown_service}, with those that there are
     */
    public Service service(String key) {
        return services.find(key).orElseThrow(() -> {
            ArrayNode keys = Json.array();
            services.all().forEach(each -> keys.add(each.key()));
            ObjectNode details = Json.object();
            details.set("available_services", keys);
            return ApiException.badRequest("unknown_service", "There is no service of that name")
                    .withDetails(details);
        });
    }

    private static Priority priority(Optional<String> sent) {
        return switch (sent.map(text -> text.toLowerCase(Locale.ROOT)).orElse("fast")) {
            case "fast" -> Priority.FAST;
            case "cheap" -> Priority.CHEAP;
            default -> throw ApiException.invalidField(PRIORITY, "must be fast or cheap");
        };
    }

    private URI webhook(Service service, String text) {
        return switch (service.work()) {
            case QUEUED -> urls.require(WEBHOOK, text);
            // Whoever waits for a call that is never made has lost a result.
            case BOUNDED -> throw ApiException.invalidField(WEBHOOK,
                    "is for services that are queued; " + service.key() + " answers at once");
        };
    }
}
