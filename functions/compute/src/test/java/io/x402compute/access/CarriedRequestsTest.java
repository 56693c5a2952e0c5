package io.x402compute.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.http.Requests;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Wallet;

/** A request that came in another one is its sender's, by what the sender has signed: that other one. */
class CarriedRequestsTest {
    private static final String MESSAGE = "{\"name\":\"list_instances\"}";
    private static final EvmWallet KEY_1 = EvmWallet
            .of("0x0000000000000000000000000000000000000000000000000000000000000001");

    private final ManualClock clock = new ManualClock(Instant.ofEpochMilli(1771372800123L));
    private final Authenticator authenticator = new Authenticator(new Signatures(new InMemoryNonces(), clock),
            new ApiKeyCheck(new InMemoryApiKeys(), new ApiKeyHash(() -> "pepper"), clock));

    @Test
    void signatureOverTheCarrierIsTheCarriedRequestsOwnAndGoodForOne() {
        ApiRequest carrier = signed("/mcp", MESSAGE);

        assertThat(authenticator.require(carried(carrier))).isEqualTo(new Wallet(SkillRequests.EVM));
        assertRefused("replayed_nonce", carried(carrier));
        assertRefused("replayed_nonce", carrier);
    }

    @Test
    void signatureOverAnotherMessageIsNot() {
        ApiRequest other = Requests.withHeaders(Requests.post("/mcp", MESSAGE + " "),
                signed("/mcp", MESSAGE).headers());

        assertRefused("invalid_auth", carried(other));
    }

    /** Who has seen one sent to a route can do nothing else with it. */
    @Test
    void signatureOverTheRouteIsNoneOverWhatItIsCarriedIn() {
        assertRefused("invalid_auth",
                carried(Requests.withHeaders(Requests.post("/mcp", MESSAGE), SkillRequests.list().headers())));
    }

    @Test
    void whoIsNotKnownIsAskedToSignInForTheAddressThatHeCalled() {
        assertThatThrownBy(() -> authenticator.require(carried(Requests.post("/mcp", MESSAGE))))
                .isInstanceOfSatisfying(ApiException.class, refusal -> {
                    String header = refusal.response("r").headers().get("PAYMENT-REQUIRED");
                    JsonNode challenge = Json
                            .readOwn(new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8));
                    assertThat(challenge.at("/extensions/sign-in-with-x/info/uri").textValue())
                            .isEqualTo("https://api.example/mcp");
                });
    }

    private static ApiRequest carried(ApiRequest carrier) {
        return carrier.carrying("mcp://tool/list_instances", "GET", "/compute/instances", Map.of(), Map.of(),
                CredentialHeaders.of(carrier), new byte[0]);
    }

    private static ApiRequest signed(String path, String body) {
        WalletMessage message = new WalletMessage("base", SkillRequests.EVM, "POST", path,
                WalletMessage.hash(body.getBytes(StandardCharsets.UTF_8)), SkillRequests.TIMESTAMP,
                SkillRequests.NONCE);
        return Requests.withHeaders(Requests.post(path, body),
                SkillRequests.headers("base", SkillRequests.EVM, KEY_1.signMessage(message.text()), "hex"));
    }

    private void assertRefused(String code, ApiRequest request) {
        assertThatThrownBy(() -> authenticator.require(request)).isInstanceOfSatisfying(ApiException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
