package io.x402compute.handler;

import java.time.Clock;

import io.x402compute.access.ApiKeyCheck;
import io.x402compute.access.ApiKeyHash;
import io.x402compute.access.ApiKeyIssuer;
import io.x402compute.access.ApiKeys;
import io.x402compute.access.Authenticator;
import io.x402compute.access.CallKind;
import io.x402compute.access.DynamoApiKeys;
import io.x402compute.access.DynamoCallCounts;
import io.x402compute.access.DynamoNonces;
import io.x402compute.access.RateLimit;
import io.x402compute.access.Signatures;
import io.x402compute.idempotency.AnswerForm;
import io.x402compute.idempotency.AnswerSeal;
import io.x402compute.idempotency.KeyTable;
import io.x402compute.idempotency.KeyedWrites;

/** Puts together what tells who calls, and how often they may. */
final class AccessServices {
    private final Application application;
    private final Settings settings;
    private final Clock clock;

    AccessServices(Application application) {
        this.application = application;
        this.settings = application.settings();
        this.clock = application.clock();
    }

    Authenticator authenticator() {
        return new Authenticator(signatures(), new ApiKeyCheck(apiKeys(), apiKeyHash(), clock));
    }

    /** For what only the wallet itself may do. */
    Signatures signatures() {
        return new Signatures(new DynamoNonces(application.table(settings.noncesTable())),
                clock);
    }

    RateLimit rateLimit(CallKind kind) {
        int perMinute = switch (kind) {
            case READS -> settings.readsPerMinute();
            case WRITES -> settings.writesPerMinute();
        };
        return new RateLimit(kind, perMinute,
                new DynamoCallCounts(application.table(settings.noncesTable())), clock);
    }

    /** Writes that are done once under a key. */
    KeyedWrites keyedWrites() {
        return new KeyedWrites(keys(), AnswerForm.open(), clock);
    }

    /** The same, where an answer holds a secret. The pepper is what every function that tells one can read anyway. */
    KeyedWrites sealedWrites() {
        return new KeyedWrites(keys(), new AnswerSeal(application.secret(settings.pepperSecret())),
                clock);
    }

    KeyTable keys() {
        return new KeyTable(application.table(settings.noncesTable()));
    }

    ApiKeys apiKeys() {
        return new DynamoApiKeys(application.table(settings.apiKeysTable()));
    }

    ApiKeyIssuer apiKeyIssuer() {
        return new ApiKeyIssuer(apiKeys(), apiKeyHash(), clock);
    }

    private ApiKeyHash apiKeyHash() {
        return new ApiKeyHash(application.secret(settings.pepperSecret()));
    }
}
