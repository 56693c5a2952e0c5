package io.x402compute.running;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.inference.Service;
import io.x402compute.local.inference.InferenceServer;

/** Requests for runs, and what goes into them. */
final class InferenceRequest {
    static final String RUN = "/v1/run";
    private static final Map<String, String> SAMPLES = Map.of("picture.png", "picture.png?text=a+red+fox", "mask.png",
            "picture.jpg", "speech.mp3", "speech.mp3?text=Good+morning.", "film.mp4", "film.mp4", "paper.pdf",
            "document.pdf");

    private InferenceRequest() {}

    static ObjectNode of(String service, String input) {
        return Json.object().put("service", service).set("input", Json.readOwn(input));
    }

    /** The catalogue's example, with files that there are. */
    static ObjectNode example(Service service, InferenceServer server) {
        String input = Json.write(service.example());
        for (Map.Entry<String, String> sample : SAMPLES.entrySet()) {
            input = input.replace("https://example.com/" + sample.getKey(),
                    server.sample(sample.getValue()).toString());
        }
        return of(service.key(), input);
    }

    /** The address at which it can be asked what that would cost. */
    static String estimate(ObjectNode run) {
        return "/catalog/estimate?service=" + run.path("service").textValue() + "&input="
                + URLEncoder.encode(Json.write(run.path("input")), StandardCharsets.UTF_8);
    }
}
