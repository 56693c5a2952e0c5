package io.x402compute.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.x402compute.access.ApiKeyIssuer.Issue;
import io.x402compute.access.ApiKeyIssuer.Issue.Issued;
import io.x402compute.http.ManualClock;
import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.store.Companion;
import io.x402compute.store.LocalDynamo;
import io.x402compute.x402.protocol.Wallet;

class DynamoApiKeysTest {
    private static final Wallet WALLET = new Wallet(SkillRequests.EVM);
    private static final Wallet OTHER = new Wallet(SkillRequests.SOLANA);
    private static final int AT_ONCE = 50;

    @RegisterExtension
    final LocalDynamo dynamo = new LocalDynamo();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final ApiKeyHash hash = new ApiKeyHash(() -> "pepper");
    private ApiKeys keys;

    @BeforeEach
    void open() {
        keys = new DynamoApiKeys(dynamo.table("api-keys"));
    }

    @Test
    void keyIsFoundAsItWasMade() {
        Issued made = issued(WALLET, Optional.of("my-agent"));

        assertThat(found(made)).isEqualTo(made.key());
        assertThat(made.key().label()).contains("my-agent");
        assertThat(made.secret().text()).endsWith(made.key().last4());
        assertThat(keys.find(hash.of(ApiKeySecret.random(new SecureRandom())))).isEmpty();
    }

    @Test
    void theTableHoldsNothingThatAKeyCouldBeMadeOf() {
        Issued made = issued(WALLET, Optional.empty());

        assertThat(dynamo.contents().get("api-keys")).isNotEmpty().allSatisfy(item -> assertThat(
                item.attributes().toString()).doesNotContain(made.secret().text(), made.secret().text().substring(6)));
    }

    @Test
    void keysAreListedNewestFirstAndStayListedWhenTheyAreRevoked() {
        ApiKey first = issued(WALLET, Optional.of("first")).key();
        clock.advance(Duration.ofSeconds(1));
        ApiKey second = issued(WALLET, Optional.empty()).key();
        issued(OTHER, Optional.empty());
        keys.revoke(WALLET, first.id(), clock.instant());

        List<ApiKey> listed = owned();

        assertThat(listed).extracting(ApiKey::id).containsExactly(second.id(), first.id());
        assertThat(listed).extracting(ApiKey::revokedAt)
                .containsExactly(Optional.empty(), Optional.of(clock.instant()));
    }

    @Test
    void keyIsRevokedOnceAndByItsOwnerOnly() {
        Issued made = issued(WALLET, Optional.empty());
        Instant revoked = clock.instant();

        assertThat(keys.revoke(OTHER, made.key().id(), revoked)).isEqualTo(ApiKeys.Revocation.UNKNOWN);
        assertThat(found(made).revokedAt()).isEmpty();
        assertThat(keys.revoke(WALLET, made.key().id(), revoked)).isEqualTo(ApiKeys.Revocation.REVOKED);
        assertThat(keys.revoke(WALLET, made.key().id(), revoked.plusSeconds(9))).isEqualTo(ApiKeys.Revocation.REVOKED);
        assertThat(found(made).revokedAt()).contains(revoked);
        assertThat(keys.revoke(WALLET, new ApiKeyId(UUID.randomUUID()), revoked))
                .isEqualTo(ApiKeys.Revocation.UNKNOWN);
    }

    @Test
    void useIsNotedUnlessALaterOneIs() {
        Issued made = issued(WALLET, Optional.empty());
        Instant noon = clock.instant().plusSeconds(7200);
        String name = hash.of(made.secret());

        keys.used(name, noon, noon.minusSeconds(3600));
        keys.used(name, noon.plusSeconds(1), noon.plusSeconds(1).minusSeconds(3600));
        keys.used(hash.of(ApiKeySecret.random(new SecureRandom())), noon, noon);

        assertThat(found(made).lastUsedAt()).contains(noon);
        assertThat(owned()).hasSize(1);
    }

    @Test
    void revokedKeyMakesRoomForOneMoreHoweverOftenItIsRevoked() {
        ApiKey first = issued(WALLET, Optional.empty()).key();
        for (int more = 1; more < ApiKeys.MOST_ACTIVE; more++) {
            issued(WALLET, Optional.empty());
        }
        assertThat(issue(WALLET, Optional.empty())).isInstanceOf(Issue.TooMany.class);
        assertThat(issue(OTHER, Optional.empty())).isInstanceOf(Issued.class);

        keys.revoke(WALLET, first.id(), clock.instant());
        keys.revoke(WALLET, first.id(), clock.instant());

        assertThat(issue(WALLET, Optional.empty())).isInstanceOf(Issued.class);
        assertThat(issue(WALLET, Optional.empty())).isInstanceOf(Issue.TooMany.class);
    }

    @Test
    void fiftyAtOnceNeverLeaveMoreThanTwentyFive() throws Exception {
        Callable<Issue> wish = () -> issue(WALLET, Optional.empty());
        long made = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Issue> issue : threads.invokeAll(Collections.nCopies(AT_ONCE, wish))) {
                made += issue.get() instanceof Issued ? 1 : 0;
            }
        }
        assertThat(owned()).hasSize((int) made).hasSizeLessThanOrEqualTo(ApiKeys.MOST_ACTIVE);

        // Those that were in each other's way may have left room, and exactly that much.
        while (issue(WALLET, Optional.empty()) instanceof Issued) {
            made++;
        }
        assertThat(made).isEqualTo(ApiKeys.MOST_ACTIVE);
    }

    @Test
    void keysComeInPagesAlsoThoseOfTheSameInstant() {
        List<ApiKeyId> made = IntStream.range(0, 9).mapToObj(any -> issued(WALLET, Optional.empty()).key().id())
                .toList();
        issued(OTHER, Optional.empty());

        Page<ApiKey> first = keys.ownedBy(WALLET, PageRequest.newest(4));
        Page<ApiKey> second = keys.ownedBy(WALLET,
                PageRequest.<ApiKey>newest(4).after(first.next().orElseThrow()));
        Page<ApiKey> third = keys.ownedBy(WALLET,
                PageRequest.<ApiKey>newest(4).after(second.next().orElseThrow()));

        assertThat(third.next()).isEmpty();
        assertThat(Stream.of(first, second, third).flatMap(page -> page.rows().stream()).map(ApiKey::id))
                .containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void placeWhereNoKeyEverWasIsAPlaceLikeAnyOther() {
        ApiKey key = issued(WALLET, Optional.empty()).key();

        assertThat(behind(key.createdAt().plusSeconds(1))).containsExactly(key);
        assertThat(behind(key.createdAt().minusSeconds(1))).isEmpty();
    }

    private List<ApiKey> behind(Instant instant) {
        return keys.ownedBy(WALLET, PageRequest.<ApiKey>newest(4).after(new Place(instant, UUID.randomUUID()))).rows();
    }

    private List<ApiKey> owned() {
        return keys.ownedBy(WALLET, PageRequest.newest(100)).rows();
    }

    private Issue issue(Wallet owner, Optional<String> label) {
        return new ApiKeyIssuer(keys, hash, clock).issue(owner, label, issued -> Companion.nobody());
    }

    private Issued issued(Wallet owner, Optional<String> label) {
        return (Issued) issue(owner, label);
    }

    private ApiKey found(Issued made) {
        return keys.find(hash.of(made.secret())).orElseThrow();
    }
}
