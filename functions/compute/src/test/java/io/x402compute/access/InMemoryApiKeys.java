package io.x402compute.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.x402compute.page.InMemoryRows;
import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.page.Place;
import io.x402compute.store.Companion;
import io.x402compute.x402.protocol.Wallet;

/** Keys that live as long as a test. */
final class InMemoryApiKeys implements ApiKeys {
    private final Map<String, ApiKey> byHash = new LinkedHashMap<>();
    private int reads;
    private int notedUses;

    @Override
    public Addition add(ApiKey key, String hash, Companion companion) {
        assertThat(companion.isNobody()).as("there is no other table here").isTrue();
        long active = of(key.owner()).filter(other -> other.revokedAt().isEmpty()).count();
        if (active == MOST_ACTIVE) {
            return Addition.TOO_MANY;
        }
        byHash.put(hash, key);
        return Addition.ADDED;
    }

    @Override
    public Optional<ApiKey> find(String hash) {
        reads++;
        return Optional.ofNullable(byHash.get(hash));
    }

    @Override
    public void used(String hash, Instant now, Instant since) {
        notedUses++;
        byHash.computeIfPresent(hash, (same, key) -> new ApiKey(key.id(), key.owner(), key.label(), key.last4(),
                key.createdAt(), Optional.of(now), key.revokedAt()));
    }

    @Override
    public Page<ApiKey> ownedBy(Wallet owner, PageRequest<ApiKey> wanted) {
        Function<ApiKey, Place> place = key -> new Place(key.createdAt(), key.id().value());
        return wanted.from(new InMemoryRows<>(of(owner), place), place);
    }

    private Stream<ApiKey> of(Wallet owner) {
        return byHash.values().stream().filter(key -> key.owner().equals(owner));
    }

    @Override
    public Revocation revoke(Wallet owner, ApiKeyId id, Instant now) {
        byHash.replaceAll((hash, key) -> key.id().equals(id) && key.owner().equals(owner)
                ? new ApiKey(key.id(), key.owner(), key.label(), key.last4(), key.createdAt(), key.lastUsedAt(),
                        key.revokedAt().or(() -> Optional.of(now)))
                : key);
        return of(owner).anyMatch(key -> key.id().equals(id)) ? Revocation.REVOKED : Revocation.UNKNOWN;
    }

    int reads() {
        return reads;
    }

    int notedUses() {
        return notedUses;
    }
}
