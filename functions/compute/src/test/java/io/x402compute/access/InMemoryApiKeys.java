package io.x402compute.access;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.x402compute.x402.protocol.Wallet;

/** Keys that live as long as a test. */
final class InMemoryApiKeys implements ApiKeys {
    private final Map<String, ApiKey> byHash = new LinkedHashMap<>();
    private int reads;
    private int notedUses;

    @Override
    public Addition add(ApiKey key, String hash) {
        long active = ownedBy(key.owner()).stream().filter(other -> other.revokedAt().isEmpty()).count();
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
    public List<ApiKey> ownedBy(Wallet owner) {
        return byHash.values().stream().filter(key -> key.owner().equals(owner))
                .sorted(Comparator.comparing(ApiKey::createdAt).reversed()).toList();
    }

    @Override
    public Revocation revoke(Wallet owner, ApiKeyId id, Instant now) {
        byHash.replaceAll((hash, key) -> key.id().equals(id) && key.owner().equals(owner)
                ? new ApiKey(key.id(), key.owner(), key.label(), key.last4(), key.createdAt(), key.lastUsedAt(),
                        key.revokedAt().or(() -> Optional.of(now)))
                : key);
        return ownedBy(owner).stream().anyMatch(key -> key.id().equals(id)) ? Revocation.REVOKED : Revocation.UNKNOWN;
    }

    int reads() {
        return reads;
    }

    int notedUses() {
        return notedUses;
    }
}
