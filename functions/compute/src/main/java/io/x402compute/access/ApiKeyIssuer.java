package io.x402compute.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import io.x402compute.store.Companion;
import io.x402compute.x402.protocol.Wallet;

/** Makes keys. */
public final class ApiKeyIssuer {
    private final ApiKeys keys;
    private final ApiKeyHash hash;
    private final Clock clock;

    /** What came of a wish for a key. */
    public sealed interface Issue {

        /**
         * There is one.
         *
         * @param secret the key itself, which is not known here any more afterwards
         */
        record Issued(ApiKey key, ApiKeySecret secret) implements Issue {}

        /** The wallet has as many as it may have. */
        record TooMany() implements Issue {}

        /** The wallet is making or revoking others at this very moment. */
        record Busy() implements Issue {}
    }

    public ApiKeyIssuer(ApiKeys keys, ApiKeyHash hash, Clock clock) {
        this.keys = keys;
        this.hash = hash;
        this.clock = clock;
    }

    /**
     * Makes a key for that wallet.
     *
     * @param together what is written in the moment in which the key is made, or not at all
     * @throws RuntimeException that of the companion, where it cannot be written: no key was made
     */
    public Issue issue(Wallet owner, Optional<String> label, Function<Issue.Issued, Companion> together) {
        // Made here: the state of an older source would be the same in everything restored from one snapshot.
        ApiKeySecret secret = ApiKeySecret.random(new SecureRandom());
        ApiKey key = new ApiKey(new ApiKeyId(UUID.randomUUID()), owner, label, secret.last4(), clock.instant(),
                Optional.empty(), Optional.empty());
        Issue.Issued issued = new Issue.Issued(key, secret);
        return switch (keys.add(key, hash.of(secret), together.apply(issued))) {
            case ADDED -> issued;
            case TOO_MANY -> new Issue.TooMany();
            case BUSY -> new Issue.Busy();
        };
    }
}
