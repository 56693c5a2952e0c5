package io.x402compute.local.provider;

/** The two kinds of machines that the provider lists, makes and destroys apart. */
public enum MachineKind {
    /** Under {@code /instances}: virtual, and listed by tag on request. */
    INSTANCE,
    /** Under {@code /bare-metals}: whole, slow to come, and never listed by tag. */
    BARE_METAL
}
