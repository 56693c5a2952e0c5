package io.x402compute.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.x402compute.x402.evm.EvmWallet;
import io.x402compute.x402.facilitator.CoinbaseKey;
import io.x402compute.x402.facilitator.Facilitator;
import io.x402compute.x402.facilitator.FacilitatorAuthorization;
import io.x402compute.x402.facilitator.FeeCap;
import io.x402compute.x402.facilitator.OnchainFacilitator;
import io.x402compute.x402.facilitator.Preparation;
import io.x402compute.x402.facilitator.Settlement;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.facilitator.Verification;
import io.x402compute.x402.protocol.FacilitatorRequest;
import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.Payment;

class RankedFacilitatorsTest {
    private static final String KEY = "0x" + "01".repeat(32);
    private static final SettlementHandle SIGNED_BY_US = new SettlementHandle("0x" + "aa".repeat(32), "0x02", 7);
    private static final Payment PAYMENT = payment();

    private final AskedFacilitator remote = new AskedFacilitator();

    @AfterEach
    void stop() {
        remote.close();
    }

    @Test
    void theOnlyOneHasItsNameFromTheFirst() {
        assertThat(prepared(facilitators(remote.url())).facilitator()).isEqualTo(remote.url());
    }

    @Test
    void whatWasPreparedForTheOnlyOneIsSettledByItOnceThereAreSeveral() {
        SettlementHandle early = prepared(facilitators(remote.url()));

        assertThat(facilitators("onchain," + remote.url()).settle(PAYMENT, early, Duration.ofSeconds(5)))
                .isInstanceOf(Settlement.Settled.class);
    }

    @Test
    void handlesFromTheTimeBeforeNamesAreStillSettled() {
        Facilitator both = facilitators("onchain," + remote.url());

        assertThat(both.settle(PAYMENT, SettlementHandle.REMOTE, Duration.ofSeconds(5)))
                .isInstanceOf(Settlement.Settled.class);
        remote.forget();
        assertThat(both.settle(PAYMENT, SIGNED_BY_US, Duration.ZERO)).isInstanceOfSatisfying(Settlement.Unknown.class,
                unknown -> assertThat(unknown.transaction()).isEqualTo(SIGNED_BY_US.transaction()));
        assertThat(remote.asked()).isEmpty();
    }

    @Test
    void whereCoinbasesKeyIsMissingTheNextIsAsked() {
        assertThat(facilitators("coinbase," + remote.url()).verify(PAYMENT)).isInstanceOf(Verification.Verified.class);
        assertThat(remote.asked()).containsExactly("/supported", "/verify");
    }

    private static Facilitator facilitators(String setting) {
        Settings settings = new Settings(Map.of("FACILITATOR", setting, "COINBASE_SECRET", "coinbase"));
        RankedFacilitators ranked = new RankedFacilitators(settings, () -> RankedFacilitatorsTest::noKey,
                RehearsedRequests.CLOCK);
        return ranked.facilitator(() -> new OnchainFacilitator(new NoChain(), () -> EvmWallet.of(KEY),
                (signer, count) -> count, Network.BASE, FeeCap.ofGwei(1), RehearsedRequests.CLOCK));
    }

    private static CoinbaseKey noKey() {
        throw new FacilitatorAuthorization.NoKey("no key");
    }

    private static SettlementHandle prepared(Facilitator facilitator) {
        return ((Preparation.Prepared) facilitator.prepare(PAYMENT)).handle();
    }

    private static Payment payment() {
        return FacilitatorRequest.of(RehearsedRequests.FACILITATED).payment();
    }
}
