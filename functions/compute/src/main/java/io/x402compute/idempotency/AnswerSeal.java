package io.x402compute.idempotency;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import io.x402compute.http.ApiResponse;
import io.x402compute.store.Envelope;

/**
 * Writes answers down that hold a secret. What opens them is derived from a secret that is kept apart from the table and from
 * the Idempotency-Key itself, of which the table has only a hash: neither who reads the tables nor who can read that secret,
 * nor both together, can open an answer without the key that its client made up. One that is copied to another row cannot be
 * opened there.
 */
public final class AnswerSeal implements AnswerForm {
    /** The secret has other things derived from it. */
    private static final String PURPOSE = "x402compute kept answer v1";

    private final AnswerForm open = AnswerForm.open();
    private final Supplier<String> secret;

    public AnswerSeal(Supplier<String> secret) {
        this.secret = secret;
    }

    @Override
    public String write(RequestKey key, ApiResponse answer) {
        return envelope(key).seal(open.write(key, answer).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalStateException when it was not sealed for this key under this secret, or is not what was sealed */
    @Override
    public ApiResponse read(RequestKey key, String written) {
        return open.read(key, new String(envelope(key).open(written), StandardCharsets.UTF_8));
    }

    private Envelope envelope(RequestKey key) {
        return new Envelope(PURPOSE, key.wallet().address() + "\n" + key.name(), secret.get(), key.key().text());
    }
}
