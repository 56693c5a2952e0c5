package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.access.WalletMessage;
import io.x402compute.http.ApiFunction;
import io.x402compute.http.FakeContext;
import io.x402compute.http.ManualClock;
import io.x402compute.http.Requests;
import io.x402compute.instance.DynamoInstanceStore;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.PaidSegment;
import io.x402compute.instance.Rentals;
import io.x402compute.store.LocalAws;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Usdc;

class DestroyInstanceTest {
    private static final EvmWallet OWNER = EvmWallet.of("0x" + "11".repeat(32));

    @RegisterExtension
    final LocalAws aws = new LocalAws();

    /** Real clocks are finer than what is stored. */
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00.123456789Z"));

    @Test
    void destroyedInstanceIsToldAboutInTheSameWordsEverAfter() {
        Application application = new Application(aws.environment(), clock);
        String path = "/compute/instances/" + neverSent().id();

        String destroyed = send(new DestroyInstance(application), "DELETE", path);

        assertThat(destroyed).contains("\"status\":\"destroyed\"", "\"provider_released\":true");
        assertThat(send(new GetInstance(application), "GET", path)).isEqualTo(destroyed);
        assertThat(send(new DestroyInstance(application), "DELETE", path)).isEqualTo(destroyed);
    }

    /** Paid for, and not yet ordered from the provider: it ends without a call. */
    private Instance neverSent() {
        PaidSegment day = PaidSegment.ofHours(UUID.randomUUID().toString(), 24, new Usdc(70_800));
        Instance instance = Instance.ordered(new InstanceId(UUID.randomUUID()), OWNER.wallet(), Rentals.SPEC, day,
                Rentals.NOW);
        new DynamoInstanceStore(aws.table("instances")).insert(instance);
        return instance;
    }

    private String send(ApiFunction function, String method, String path) {
        String timestamp = Long.toString(clock.millis());
        String nonce = UUID.randomUUID().toString();
        String address = OWNER.wallet().address();
        String text = new WalletMessage("base", address, method, path, WalletMessage.hash(new byte[0]), timestamp,
                nonce).text();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-auth-chain", "base");
        headers.put("x-auth-address", address);
        headers.put("x-auth-timestamp", timestamp);
        headers.put("x-auth-nonce", nonce);
        headers.put("x-auth-signature", OWNER.signMessage(text));
        APIGatewayV2HTTPEvent event = Requests.event(method, path, "");
        event.setHeaders(headers);
        event.setPathParameters(Map.of("id", path.substring(path.lastIndexOf('/') + 1)));
        APIGatewayV2HTTPResponse response = function.handleRequest(event, new FakeContext());
        assertThat(response.getStatusCode()).as(response.getBody()).isEqualTo(200);
        return response.getBody();
    }
}
