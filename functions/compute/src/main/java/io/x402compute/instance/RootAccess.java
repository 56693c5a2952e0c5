package io.x402compute.instance;

/** How root gets into a new machine: in one way, and in no other. */
public sealed interface RootAccess {

    record ByKey(SshPublicKey key) implements RootAccess {}

    record ByPassword(PasswordHash hash) implements RootAccess {}
}
