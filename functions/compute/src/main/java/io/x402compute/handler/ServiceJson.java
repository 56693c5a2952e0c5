package io.x402compute.handler;

import java.time.Clock;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Price;
import io.x402compute.inference.RunRequests;
import io.x402compute.inference.Service;
import io.x402compute.inference.model.Choices;
import io.x402compute.inference.tariff.Estimates;

/** A service as callers see it. Amounts are US dollars. */
final class ServiceJson {
    private final Estimates estimates;
    private final Choices choices;
    private final RunRequests requests;
    private final Clock clock;

    ServiceJson(InferenceServices inference) {
        estimates = inference.estimates();
        choices = inference.choices();
        requests = inference.requests();
        clock = inference.clock();
    }

    ObjectNode of(Service service) {
        List<String> models = choices.all(service, clock.instant()).stream().map(choice -> choice.model().id())
                .distinct()
                .toList();
        ObjectNode json = Json.object()
                .put("key", service.key())
                .put("name", service.name())
                .put("category", name(service.category()))
                .put("description", service.description())
                .put("available", !models.isEmpty())
                .put("queued", switch (service.work()) {
                    case BOUNDED -> false;
                    case QUEUED -> true;
                })
                .put("max_seconds", service.limits().time().toSeconds())
                .put("default_cost_usd", Dollars.of(estimates.quote(requests.example(service)).ceiling()));
        json.set("pricing", pricing(service.price()));
        texts(json.putArray("models"), models);
        texts(json.putArray("aliases"), service.aliases());
        json.set("input_schema", service.input().toJson());
        json.set("example", service.example().deepCopy());
        texts(json.putArray("outputs"), service.outputs());
        return json;
    }

    static String name(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode pricing(Price price) {
        ObjectNode json = Json.object().put("metered", price.metered()).put("minimum_usd", Dollars.of(price.least()));
        ArrayNode rates = json.putArray("rates");
        price.rates().forEach(rate -> rates.addObject().put("meter", name(rate.meter())).put("per", rate.per())
                .put("usd", Dollars.of(rate.price())));
        return json;
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
