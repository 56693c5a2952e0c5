package io.x402compute.access;

import java.time.Instant;
import java.util.Optional;

import io.x402compute.page.Page;
import io.x402compute.page.PageRequest;
import io.x402compute.store.Companion;
import io.x402compute.x402.protocol.Wallet;

/** The keys that wallets made, found by the hash of the key. */
public interface ApiKeys {
    /** Keys of one wallet that are not revoked. */
    int MOST_ACTIVE = 25;

    /** What came of a key that was to be added. */
    enum Addition {
        ADDED,
        /** The wallet has {@link #MOST_ACTIVE} already. */
        TOO_MANY,
        /** The wallet is making or revoking others at this very moment. */
        BUSY
    }

    /**
     * Adds a key together with something else, unless its owner would have too many then, whatever others are added meanwhile.
     *
     * @throws RuntimeException that of the companion, when that is what cannot be written
     */
    Addition add(ApiKey key, String hash, Companion companion);

    /** The key of that hash, revoked or not, as it is now. */
    Optional<ApiKey> find(String hash);

    /** Notes a use, unless one after {@code since} is noted already. */
    void used(String hash, Instant now, Instant since);

    /** A page of a wallet's keys, newest first, those that are revoked included. */
    Page<ApiKey> ownedBy(Wallet owner, PageRequest<ApiKey> wanted);

    /**
     * Ends a key for good.
     *
     * @return what came of it
     */
    Revocation revoke(Wallet owner, ApiKeyId id, Instant now);

    /** What came of a key that was to be revoked. */
    enum Revocation {
        /** Now or before. */
        REVOKED,
        /** There is none of that id, or it is somebody else's. */
        UNKNOWN,
        /** The wallet is making or revoking others at this very moment; the key may still work. */
        BUSY
    }
}
