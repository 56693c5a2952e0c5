package io.x402compute.running;

import static io.x402compute.running.MachineRequest.PRICE_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.http.Json;
import io.x402compute.local.LocalCloud;

/** The ecosystem's own code checks our offers and receipts, buys under a name, and signs in. */
class ExtensionsTest {
    private static final int AGENT = 4;
    private static final NodeClient SDK = new NodeClient("clients/extensions.mjs");

    @RegisterExtension
    static final RunningCloud running = RunningCloud.asDeployed();

    private static JsonNode found;
    private static World before;
    private static World after;

    @BeforeAll
    static void sell() {
        before = running.world();
        ObjectNode anywhere = MachineRequest.body().without("network");
        found = SDK.step(running.cloud().apiUrl(), running.chain().privateKey(AGENT),
                Map.of("BODY", Json.write(anywhere), "DESTROY", "true"));
        after = running.world();
    }

    @Test
    void everyOfferIsSignedByTheOperator() {
        assertThat(found.path("offers")).extracting(offer -> offer.path("network").textValue())
                .containsExactly("eip155:8453", "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp");
        assertThat(found.path("offers")).allSatisfy(offer -> assertThat(offer.path("signer").textValue())
                .isEqualTo(running.chain().address(LocalCloud.RECEIPT_SIGNER)));
    }

    @Test
    void aPurchaseUnderANameIsMadeOnceHoweverOftenItIsPaidFor() {
        assertThat(found.at("/bought/status").intValue()).as(found.toString()).isEqualTo(201);
        assertThat(found.at("/bought/replayed").isNull()).isTrue();
        assertThat(found.at("/again/status").intValue()).isEqualTo(201);
        assertThat(found.at("/again/order")).isEqualTo(found.at("/bought/order"));
        assertThat(found.at("/again/replayed").textValue()).isEqualTo("true");
        assertThat(after.transfers()).hasSize(before.transfers().size() + 1);
        assertThat(after.transfers().getLast().micros()).isEqualTo(PRICE_MICROS);
    }

    @Test
    void receiptMatchesItsOfferAndAnotherNamesTheOrder() {
        String signer = running.chain().address(LocalCloud.RECEIPT_SIGNER);

        assertThat(found.at("/receipt/signer").textValue()).isEqualTo(signer);
        assertThat(found.at("/receipt/matches").booleanValue()).isTrue();
        assertThat(found.at("/orderReceipt/signer").textValue()).isEqualTo(signer);
        assertThat(found.at("/orderReceipt/order").textValue()).isEqualTo(
                running.cloud().apiUrl() + "/compute/orders/" + found.at("/bought/order").textValue());
    }

    @Test
    void cataloguesUnderstandWhatTheRouteSaysOfItself() {
        assertThat(found.at("/discovery/valid").booleanValue()).as(found.path("discovery").toString()).isTrue();
        assertThat(found.path("discovered").textValue()).isEqualTo(
                running.cloud().apiUrl() + MachineRequest.PROVISION);
    }

    @Test
    void aWalletSignsInOnceForEachThingItDoes() {
        assertSignedIn(found.path("seen"));
        assertThat(found.at("/seen/body/order_id")).isEqualTo(found.at("/bought/order"));
        assertSignedIn(found.path("destroyed"));
    }

    @Test
    void aWalletOnSolanaSignsInAndSeesItsOwnOnly() {
        assertSignedIn(found.path("stranger"));
        assertThat(found.at("/stranger/body/instances").isEmpty()).isTrue();
    }

    private static void assertSignedIn(JsonNode visit) {
        assertThat(visit.path("asked").intValue()).isEqualTo(401);
        assertThat(visit.path("accepts").intValue()).isZero();
        assertThat(visit.path("status").intValue()).as(visit.toString()).isEqualTo(200);
        assertThat(visit.path("again").intValue()).isEqualTo(401);
        assertThat(visit.path("code").textValue()).isEqualTo("invalid_siwx_nonce");
    }
}
