package io.x402compute.instance;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import io.x402compute.store.Envelope;

/** Encrypts passwords for the table, each for one instance, under a secret kept apart from the table. */
public final class PasswordSeal {
    /** The secret may one day have keys derived for something else. */
    private static final String PURPOSE = "x402compute root password v1";

    private final Supplier<String> secret;

    public PasswordSeal(Supplier<String> secret) {
        this.secret = secret;
    }

    SealedPassword seal(RootPassword password, InstanceId instance) {
        return new SealedPassword(envelope(instance).seal(password.text().getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws IllegalStateException when it was not sealed for this instance under this secret, or is not what was sealed */
    RootPassword open(SealedPassword sealed, InstanceId instance) {
        return RootPassword.of(new String(envelope(instance).open(sealed.envelope()), StandardCharsets.UTF_8));
    }

    private Envelope envelope(InstanceId instance) {
        return new Envelope(PURPOSE, instance.toString(), secret.get());
    }
}
