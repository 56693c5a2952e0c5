package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.x402compute.catalog.CatalogFixture;
import io.x402compute.catalog.FakeProvider;
import io.x402compute.http.ApiFunction;
import io.x402compute.http.FakeContext;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.http.ScheduledFunction;
import io.x402compute.store.LocalAws;

/**
 * Every file under {@code events/<function>/} is what its function may be invoked with. Its name begins with the status of the
 * answer, or with {@code ok} for a function that answers nobody.
 */
class SampleEventsTest {
    private static final Path EVENTS = Path.of("..", "..", "events");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Map<String, Function<Application, ApiFunction>> API_FUNCTIONS = Map.of("list-plans",
            ListPlans::new, "list-regions", ListRegions::new, "list-images", ListImages::new, "check-health",
            CheckHealth::new);
    private static final Map<String, Function<Application, ScheduledFunction>> SCHEDULED_FUNCTIONS = Map
            .of("refresh-catalog", RefreshCatalog::new);

    @RegisterExtension
    final LocalAws aws = new LocalAws();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-02-18T00:00:00.123Z"));
    private final FakeProvider provider = new FakeProvider();

    @BeforeEach
    void fillTheCatalogue() {
        CatalogFixture.fill(aws.table("catalog"), clock.instant());
        aws.secret("provider", "the-key");
        provider.plan("vc2-2c-4gb", "vc2", "20", "0.027", "ewr");
        provider.image(2284, "Ubuntu 24.04 LTS x64", "ubuntu");
    }

    @AfterEach
    void closeTheProvider() {
        provider.close();
    }

    @ParameterizedTest
    @MethodSource
    void apiFunctionAnswersAsTheNameOfTheEventSays(String file) throws IOException {
        APIGatewayV2HTTPEvent event = MAPPER.readValue(EVENTS.resolve(file).toFile(), APIGatewayV2HTTPEvent.class);

        APIGatewayV2HTTPResponse response = API_FUNCTIONS.get(folder(file)).apply(application()).handleRequest(event,
                new FakeContext());

        assertThat(response.getStatusCode()).as(response.getBody()).isEqualTo(Integer.parseInt(expectation(file)));
        JsonNode body = Json.readOwn(response.getBody());
        if (response.getStatusCode() < 400) {
            // Clients take either for a failure.
            assertThat(body.has("error") || body.has("detail")).isFalse();
        } else if (response.getStatusCode() != 402) {
            assertThat(body.fieldNames()).toIterable().contains("error", "code", "request_id");
        }
    }

    static Stream<String> apiFunctionAnswersAsTheNameOfTheEventSays() throws IOException {
        return files(API_FUNCTIONS.keySet().stream().sorted().toList());
    }

    @ParameterizedTest
    @MethodSource
    void scheduledFunctionDoesItsWork(String file) throws IOException {
        Map<?, ?> event = MAPPER.readValue(EVENTS.resolve(file).toFile(), Map.class);
        Map<String, Object> named = new LinkedHashMap<>();
        event.forEach((name, value) -> named.put(name.toString(), value));
        FakeContext context = new FakeContext();

        SCHEDULED_FUNCTIONS.get(folder(file)).apply(application()).handleRequest(named, context);

        assertThat(expectation(file)).isEqualTo("ok");
        assertThat(context.lines()).hasSize(1);
    }

    static Stream<String> scheduledFunctionDoesItsWork() throws IOException {
        return files(SCHEDULED_FUNCTIONS.keySet().stream().sorted().toList());
    }

    private Application application() {
        Map<String, String> environment = new LinkedHashMap<>(aws.environment());
        environment.put("PROVIDER_URL", provider.url().toString());
        return new Application(environment, clock);
    }

    private static String folder(String file) {
        return file.substring(0, file.indexOf('/'));
    }

    private static String expectation(String file) {
        return file.substring(file.indexOf('/') + 1, file.indexOf('-', file.indexOf('/')));
    }

    private static Stream<String> files(List<String> folders) throws IOException {
        Stream.Builder<String> files = Stream.builder();
        for (String folder : folders) {
            try (Stream<Path> list = Files.list(EVENTS.resolve(folder))) {
                list.map(path -> folder + "/" + path.getFileName()).sorted().forEach(files);
            }
        }
        return files.build();
    }
}
