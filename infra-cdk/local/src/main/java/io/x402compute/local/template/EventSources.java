package io.x402compute.local.template;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads event source mappings of queues; those of streams, and messages that are filtered or collected for a while, are not understood. */
final class EventSources {
    private static final String FAILURES = "ReportBatchItemFailures";
    private static final int BATCH = 10;
    /** What an account has for all its functions. */
    private static final int UNLIMITED = 1000;

    private EventSources() {}

    static EventSource read(Resource mapping, Resources resources) {
        JsonNode properties = mapping.properties();
        String source = properties.path("EventSourceArn").asText();
        if (!source.contains(":sqs:")) {
            throw new UnsupportedTemplateException("an event source that is no queue: " + source);
        }
        for (String property : List.of("FilterCriteria", "MaximumBatchingWindowInSeconds")) {
            if (properties.has(property)) {
                throw new UnsupportedTemplateException(property + " of an event source");
            }
        }
        return new EventSource(
                source,
                resources.functionCalled(properties.path("FunctionName").asText()),
                properties.path("BatchSize").asInt(BATCH),
                properties.at("/ScalingConfig/MaximumConcurrency").asInt(UNLIMITED),
                Resources.texts(properties.path("FunctionResponseTypes")).contains(FAILURES));
    }
}
