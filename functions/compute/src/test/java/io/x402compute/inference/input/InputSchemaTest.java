package io.x402compute.inference.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.http.ApiException;
import io.x402compute.http.Json;
import io.x402compute.inference.Service;
import io.x402compute.inference.Services;
import io.x402compute.inference.outside.OutsideUrls;

class InputSchemaTest {
    private static final OutsideUrls URLS = new OutsideUrls(false);
    /** Right for some fields, wrong for others. */
    private static final List<String> VALUES = List.of("\"\"", "\"x\"", "\"https://example.com/a\"", "\"auto\"", "0",
            "1",
            "-1", "0.5", "1000000", "1e3", "true", "null", "[]", "{}", "[\"x\"]", "[\"x\", 1]", "[[]]",
            "[{\"role\": \"user\", \"content\": \"x\"}]", "[{\"role\": \"user\", \"content\": 1}]",
            "[{\"role\": \"fox\"}]",
            "[{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"x\"}]}]",
            "[{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": {}}]}]");

    static Stream<Service> services() {
        return Services.read().all().stream();
    }

    /** A yes or no of ours is what anybody reads in the schema that we publish. */
    @ParameterizedTest
    @MethodSource("services")
    void aSchemaMeansWhatItSaysToOthers(Service service) {
        JsonSchema published = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Json.write(service.input().toJson()));

        assertThat(spoiled(service)).allSatisfy(input -> assertThat(isTaken(service, input)).as(Json.write(input))
                .isEqualTo(published.validate(Json.write(input), InputFormat.JSON).isEmpty()));
    }

    @ParameterizedTest
    @MethodSource("services")
    void completingTwiceChangesNothing(Service service) {
        ObjectNode once = service.input().complete("input", service.example(), URLS);

        assertThat(Json.write(service.input().complete("input", once, URLS))).isEqualTo(Json.write(once));
    }

    @Test
    void whatNobodyCouldStoreOrReadAgainIsRefused() {
        assertThatThrownBy(() -> complete("{\"prompt\": \"\\ud800\"}")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> complete("{\"prompt\": \"\\u0000\"}")).isInstanceOf(ApiException.class);
        assertThat(complete("{\"prompt\": \"two\\nlines\"}").path("prompt").asText()).isEqualTo("two\nlines");
    }

    @Test
    void aNumberOfAnySizeIsJudgedAndNeverComputed() {
        assertThatThrownBy(() -> complete("{\"prompt\": \"x\", \"seed\": 1e999999999}"))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> complete("{\"prompt\": \"x\", \"width\": 99999999999999999999}"))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void aWordThatIsNotReadIsNoSchema() {
        ObjectNode schema = (ObjectNode) Json.readOwn("""
                {"type": "object", "additionalProperties": false, "properties": {
                  "a": {"type": "string", "maxLength": 3, "pattern": "^x"}}}""");

        assertThatThrownBy(() -> InputSchema.of(schema)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pattern");
    }

    private static ObjectNode complete(String input) {
        return Services.read().find("image-4090").orElseThrow().input().complete("input",
                (ObjectNode) Json.readOwn(input), URLS);
    }

    private static boolean isTaken(Service service, JsonNode input) {
        try {
            service.input().complete("input", (ObjectNode) input, URLS);
            return true;
        } catch (ApiException refused) {
            assertThat(refused.code()).isIn("missing_field", "invalid_field");
            assertThat(refused).hasMessageStartingWith("input");
            return false;
        }
    }

    /** The example with a field changed, added or left out; addresses apart, whose rule is stricter than a schema can tell. */
    private static List<ObjectNode> spoiled(Service service) {
        Random random = new Random(service.key().hashCode());
        List<String> fields = new ArrayList<>(service.input().toJson().path("properties").propertyStream()
                .filter(field -> !field.getValue().has("format")).map(field -> field.getKey()).toList());
        fields.add("unknown");
        return IntStream.range(0, 200).mapToObj(_ -> {
            ObjectNode input = service.example().deepCopy();
            String field = fields.get(random.nextInt(fields.size()));
            JsonNode value = Json.readOwn(VALUES.get(random.nextInt(VALUES.size())));
            return random.nextInt(8) == 0
                    ? (ObjectNode) input.without(Set.of(field))
                    : (ObjectNode) input.set(field, value);
        }).toList();
    }
}
