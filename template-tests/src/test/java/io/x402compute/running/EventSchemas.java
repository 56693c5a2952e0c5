package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;

import io.x402compute.local.aws.PublishedEvent;

/** What subscribers are promised: every published event has a schema, and holds to it. */
final class EventSchemas {
    private static final Path FOLDER = Path.of("..", "events", "published");
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICT = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true)
            .build();

    private EventSchemas() {}

    static void assertHeld(List<PublishedEvent> events) {
        assertThat(events).allSatisfy(event -> assertThat(schema(event.detailType()).validate(event.detail()))
                .as(event.detailType() + " " + event.detail()).isEmpty());
    }

    private static JsonSchema schema(String type) {
        try {
            return SCHEMAS.getSchema(Files.readString(FOLDER.resolve(type + ".json")), STRICT);
        } catch (IOException e) {
            throw new UncheckedIOException("no schema of " + type, e);
        }
    }
}
