package io.x402compute.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.store.Item;
import io.x402compute.store.LocalDynamo;
import io.x402compute.x402.protocol.Wallet;

class DynamoNoncesTest {
    private static final Wallet WALLET = new Wallet(SkillRequests.EVM);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = NOW.plusSeconds(660);

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    @Test
    void nonceIsBurntOncePerWallet() {
        assertThat(burn(WALLET, "n-1", NOW)).isTrue();
        assertThat(burn(WALLET, "n-1", NOW)).isFalse();
        assertThat(burn(WALLET, "n-2", NOW)).isTrue();
        assertThat(burn(new Wallet(SkillRequests.SOLANA), "n-1", NOW)).isTrue();
    }

    @Test
    void nonceThatTheTableShouldHaveRemovedIsForgottenOnlyAfterItsEnd() {
        burn(WALLET, "n-1", NOW);

        assertThat(burn(WALLET, "n-1", UNTIL)).isFalse();
        assertThat(burn(WALLET, "n-1", UNTIL.plusSeconds(1))).isTrue();
    }

    @Test
    void endIsKeptInSecondsAsTheTablesTimeToLiveWants() {
        burn(WALLET, "n-1", NOW);

        assertThat(dynamo.table("nonces").get(Item.create().put("nonce", WALLET.address() + "#n-1")).orElseThrow()
                .number("expires_at")).isEqualTo(UNTIL.getEpochSecond());
    }

    private boolean burn(Wallet wallet, String nonce, Instant now) {
        return new DynamoNonces(dynamo.table("nonces")).burn(wallet, nonce, now, UNTIL);
    }
}
