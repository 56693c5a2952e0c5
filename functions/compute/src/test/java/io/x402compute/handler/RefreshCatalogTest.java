package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.catalog.FakeProvider;
import io.x402compute.http.FakeContext;
import io.x402compute.http.RunFailed;
import io.x402compute.store.LocalAws;

class RefreshCatalogTest {
    @RegisterExtension
    final LocalAws aws = new LocalAws();

    private final FakeProvider provider = new FakeProvider();
    private final FakeContext context = new FakeContext();

    @BeforeEach
    void sellAPlan() {
        aws.secret("provider", "the-key\n");
        provider.plan("vc2-2c-4gb", "vc2", "20", "0.027", "ewr");
        provider.image(2284, "Ubuntu 24.04 LTS x64", "ubuntu");
    }

    @AfterEach
    void closeTheProvider() {
        provider.close();
    }

    @Test
    void refreshedCatalogueIsListedAndHealthy() {
        Application application = application();
        new RefreshCatalog(application).handleRequest(Map.of(), context);

        assertThat(context.lines()).singleElement().asString().startsWith(
                "{\"request_id\":\"lambda-request\",\"route\":\"RefreshCatalog\",\"plans\":1,\"changes\":3,\"regions_unread\":0,\"Runs\":1,");
        assertThat(application.catalogue().plans()).hasSize(1);
        assertThat(application.catalogue().refreshedAt()).contains(Instant.EPOCH);
    }

    @Test
    void runThatCannotReadTheProviderFailsAndSaysWhoHasToAct() {
        provider.fail("/plans", 401);

        assertThatThrownBy(() -> new RefreshCatalog(application()).handleRequest(Map.of(), context))
                .isInstanceOf(RunFailed.class).hasMessage("provider_configuration");
        assertThat(context.lines()).singleElement().asString().contains("\"code\":\"provider_configuration\"");
    }

    private Application application() {
        Map<String, String> environment = new LinkedHashMap<>(aws.environment());
        environment.put("PROVIDER_URL", provider.url().toString());
        return new Application(environment, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }
}
