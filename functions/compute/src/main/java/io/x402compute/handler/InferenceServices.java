package io.x402compute.handler;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import software.amazon.awssdk.core.exception.SdkException;

import io.x402compute.http.Json;
import io.x402compute.inference.RunRequests;
import io.x402compute.inference.Services;
import io.x402compute.inference.Upstreams;
import io.x402compute.inference.model.Choices;
import io.x402compute.inference.model.DynamoModels;
import io.x402compute.inference.model.RememberedModels;
import io.x402compute.inference.outside.OutsideUrls;
import io.x402compute.inference.tariff.Estimates;
import io.x402compute.inference.upstream.ConfiguredUpstreams;
import io.x402compute.inference.upstream.ModelRefresh;
import io.x402compute.inference.upstream.Upstream;

/** Puts together what is known of services, what runs of them cost, and who carries them out. */
final class InferenceServices {
    private final Application application;
    private final InferenceSettings settings;
    private final Services services = Services.read();
    private final DynamoModels models;
    private final Choices choices;

    InferenceServices(Application application) {
        this.application = application;
        this.settings = application.settings().inference();
        this.models = new DynamoModels(application.table(application.settings().catalogTable()));
        RememberedModels remembered = new RememberedModels(models, application.clock());
        application.onForget(remembered::forget);
        this.choices = new Choices(settings.upstreams().keySet(), remembered);
    }

    Services services() {
        return services;
    }

    /** Which addresses callers may have us ask, and have us tell. */
    OutsideUrls urls() {
        return new OutsideUrls(settings.isLocal());
    }

    RunRequests requests() {
        return new RunRequests(services, urls());
    }

    Clock clock() {
        return application.clock();
    }

    Choices choices() {
        return choices;
    }

    Estimates estimates() {
        return new Estimates(services, choices, application.settings().markupPercent(), application.clock());
    }

    Upstreams upstreams() {
        return new ConfiguredUpstreams(services, choices, configured(), urls(), application.clock());
    }

    ModelRefresh modelRefresh() {
        return new ModelRefresh(services, configured(), models, application.clock());
    }

    private List<Upstream> configured() {
        Supplier<Optional<String>> keys = settings.secret().map(application::secret).map(InferenceServices::readable)
                .orElse(Optional::empty);
        return settings.upstreams().entrySet().stream().map(upstream -> new Upstream(upstream.getKey(),
                upstream.getValue(), () -> keys.get().flatMap(json -> key(json, upstream.getKey())))).toList();
    }

    /** Without a key an upstream refuses, which is told from its answer; and some take none. */
    private static Supplier<Optional<String>> readable(Supplier<String> secret) {
        return () -> {
            try {
                return Optional.of(secret.get());
            } catch (SdkException unreadable) {
                return Optional.empty();
            }
        };
    }

    private static Optional<String> key(String keys, String upstream) {
        try {
            return Optional.ofNullable(Json.read(keys).path(upstream).textValue()).map(String::strip)
                    .filter(key -> !key.isEmpty());
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
