package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
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
import io.x402compute.instance.Rentals;
import io.x402compute.store.LocalAws;

class ReconcileProviderTest {
    @RegisterExtension
    final LocalAws aws = new LocalAws();

    private final FakeProvider provider = new FakeProvider();
    private final FakeContext context = new FakeContext();

    @BeforeEach
    void letTheProviderBeAsked() {
        aws.secret("provider", "the-key\n");
    }

    @AfterEach
    void closeTheProvider() {
        provider.close();
    }

    /** Alarms are made of these counts. */
    @Test
    void everyPassLeavesItsCounts() {
        new ReconcileProvider(application()).handleRequest(Map.of(), context);

        assertThat(context.lines()).singleElement().asString()
                .startsWith("{\"request_id\":\"lambda-request\",\"route\":\"ReconcileProvider\","
                        + "\"machines\":0,\"orphans\":0,\"missing\":0,\"ended\":0,\"halted\":0,\"Runs\":1,"
                        + "\"OrphanMachines\":0,\"ReconciliationHalted\":0,");
    }

    @Test
    void aListThatCannotBeReadFailsTheRunAndSaysWhoHasToAct() {
        provider.fail("/bare-metals", 401);

        assertThatThrownBy(() -> new ReconcileProvider(application()).handleRequest(Map.of(), context))
                .isInstanceOf(RunFailed.class).hasMessage("provider_configuration");
        assertThat(context.lines()).singleElement().asString().contains("\"code\":\"provider_configuration\"");
    }

    private Application application() {
        Map<String, String> environment = new LinkedHashMap<>(aws.environment());
        environment.put("PROVIDER_URL", provider.url().toString());
        return new Application(environment, Clock.fixed(Rentals.NOW, ZoneOffset.UTC));
    }
}
