package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.x402compute.access.WalletMessage;
import io.x402compute.http.FakeContext;
import io.x402compute.http.Json;
import io.x402compute.http.ManualClock;
import io.x402compute.http.Requests;
import io.x402compute.instance.DynamoInstanceStore;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceId;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.MachineSpec;
import io.x402compute.instance.PaidSegment;
import io.x402compute.instance.Rentals;
import io.x402compute.store.LocalAws;
import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.protocol.Usdc;

class ListPagesTest {
    private static final EvmWallet OWNER = EvmWallet.of("0x" + "11".repeat(32));
    private static final EvmWallet OTHER = EvmWallet.of("0x" + "22".repeat(32));
    private static final String LIST = "/compute/instances";

    @RegisterExtension
    final LocalAws aws = new LocalAws();

    private final ManualClock clock = new ManualClock(Rentals.NOW);
    /** Oldest first; the second is destroyed. */
    private final List<String> ids = new ArrayList<>();
    private ListInstances function;

    @BeforeEach
    void rentOut() {
        function = new ListInstances(new Application(aws.environment(), clock));
        rent(OWNER, 0);
        rent(OWNER, 1);
        rent(OWNER, 2);
        rent(OTHER, 3);
        ids.removeLast();
    }

    @Test
    void listWithoutAWishIsAllOfIt() {
        JsonNode list = get(Map.of());

        assertThat(ids(list)).containsExactlyElementsOf(ids.reversed());
        assertThat(list.path("count").intValue()).isEqualTo(3);
        assertThat(list.path("has_more").booleanValue()).isFalse();
        assertThat(list.has("next_cursor")).isFalse();
    }

    @Test
    void cursorLeadsToTheNextPageOfTheSameList() {
        JsonNode first = get(Map.of("limit", "2"));
        JsonNode second = get(Map.of("limit", "2", "cursor", cursor(first)));

        assertThat(ids(first)).containsExactly(ids.get(2), ids.get(1));
        assertThat(first.path("has_more").booleanValue()).isTrue();
        assertThat(ids(second)).containsExactly(ids.get(0));
        assertThat(second.has("next_cursor")).isFalse();
    }

    @Test
    void cursorOfAnotherListIsRefused() {
        String cursor = cursor(get(Map.of("limit", "1")));

        assertThat(code(send(OTHER, Map.of("limit", "1", "cursor", cursor)))).isEqualTo("invalid_cursor");
        assertThat(code(send(OWNER, Map.of("limit", "1", "cursor", cursor, "status", "active"))))
                .isEqualTo("invalid_cursor");
        assertThat(code(send(OWNER, Map.of("cursor", "B" + cursor.substring(1))))).isEqualTo("invalid_cursor");
        assertThat(code(send(OWNER, Map.of("cursor", "")))).isEqualTo("invalid_cursor");
        assertThat(ids(get(Map.of("limit", "2", "cursor", cursor)))).as("another limit is no other list").hasSize(2);
    }

    @Test
    void filtersLeaveOutWhatIsNotWanted() {
        assertThat(ids(get(Map.of("status", "destroyed")))).containsExactly(ids.get(1));
        assertThat(ids(get(Map.of("status", "live")))).containsExactly(ids.get(2), ids.get(0));
        assertThat(ids(get(Map.of("status", "destroyed,active")))).hasSize(3);
        assertThat(ids(get(Map.of("status", "expired")))).isEmpty();
        assertThat(ids(get(Map.of("label", "machine-2", "region", "ewr", "plan", Rentals.SPEC.plan()))))
                .containsExactly(ids.get(2));
    }

    @Test
    void walletInTheQueryShowsNobodyElsesMachines() {
        assertThat(ids(get(Map.of("wallet", OTHER.address())))).containsExactlyElementsOf(ids.reversed());
    }

    @ParameterizedTest
    @CsvSource({"limit, 0", "limit, 101", "limit, -1", "limit, ten", "limit, ''", "status, gone", "status, ''",
        "status, 'active,'", "status, terminating", "label, ''"})
    void wrongWishIsRefusedByName(String name, String value) {
        APIGatewayV2HTTPResponse response = send(OWNER, Map.of(name, value));

        assertThat(response.getStatusCode()).isEqualTo(400);
        assertThat(code(response)).isEqualTo("invalid_field");
        assertThat(response.getBody()).contains(name);
    }

    private void rent(EvmWallet owner, int second) {
        InstanceId id = new InstanceId(UUID.randomUUID());
        Instant ordered = Rentals.NOW.minusSeconds(60L - second);
        Instance machine = Instance.ordered(id, owner.wallet(),
                new MachineSpec(Rentals.SPEC.plan(), "ewr", 2284, "machine-" + second,
                        Rentals.SPEC.hostname(), Rentals.SPEC.sshPublicKey(), Rentals.SPEC.userData()),
                PaidSegment.ofHours(UUID.randomUUID().toString(), 24, new Usdc(70_800)), ordered)
                .sending(ordered, ordered).created(Rentals.machine()).up(Rentals.machine(), ordered);
        new DynamoInstanceStore(aws.table("instances")).insert(
                second == 1 ? machine.terminating(InstanceState.DESTROYED, "owner_request", ordered) : machine);
        ids.add(id.toString());
    }

    private JsonNode get(Map<String, String> query) {
        APIGatewayV2HTTPResponse response = send(OWNER, query);
        assertThat(response.getStatusCode()).as(response.getBody()).isEqualTo(200);
        return Json.readOwn(response.getBody());
    }

    private APIGatewayV2HTTPResponse send(EvmWallet wallet, Map<String, String> query) {
        String timestamp = Long.toString(clock.millis());
        String nonce = UUID.randomUUID().toString().replace("-", "");
        WalletMessage message = new WalletMessage("base", wallet.address(), "GET", LIST,
                WalletMessage.hash(new byte[0]), timestamp, nonce);
        Map<String, String> headers = Map.of("x-auth-address", wallet.address(), "x-auth-chain", "base",
                "x-auth-signature", wallet.signMessage(message.text()), "x-auth-timestamp", timestamp,
                "x-auth-nonce", nonce, "x-auth-sig-encoding", "hex");
        APIGatewayV2HTTPEvent event = Requests.event("GET", LIST, "");
        event.setHeaders(headers);
        event.setQueryStringParameters(query);
        return function.handleRequest(event, new FakeContext());
    }

    private static String cursor(JsonNode list) {
        return list.path("next_cursor").textValue();
    }

    private static String code(APIGatewayV2HTTPResponse response) {
        return Json.readOwn(response.getBody()).path("code").textValue();
    }

    private static List<String> ids(JsonNode list) {
        return list.path("instances").findValuesAsText("id");
    }
}
