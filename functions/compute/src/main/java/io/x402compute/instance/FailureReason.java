package io.x402compute.instance;

import java.util.Locale;

/** Why a machine could not be delivered. */
public enum FailureReason {
    /** The provider has none left there. */
    NO_CAPACITY,
    /** The provider refused for another reason. */
    PROVIDER_REFUSED,
    /** The provider does not accept the key or the address it comes from: no order will be carried out any more. */
    PROVIDER_UNAUTHORIZED,
    /** It was not up within {@link InstanceCreator#BOOT_DEADLINE}. */
    BOOT_TIMEOUT,
    /** The provider has lost it. */
    MACHINE_VANISHED;

    /** As it is stored and told. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
