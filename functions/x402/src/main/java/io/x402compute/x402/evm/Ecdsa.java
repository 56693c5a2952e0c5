package io.x402compute.x402.evm;

import java.util.Optional;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;

/**
 * The secp256k1 operations that Ethereum is built on, by libsecp256k1 where its native library loads and by BouncyCastle
 * elsewhere: the same results, four times slower. Which one is chosen once per process.
 */
final class Ecdsa {
    private static final Ecdsa FASTEST = nativeLibrary().orElseGet(Ecdsa::bouncyCastle);

    private final Optional<Secp256k1> library;

    private Ecdsa(Optional<Secp256k1> library) {
        this.library = library;
    }

    static Ecdsa fastest() {
        return FASTEST;
    }

    static Ecdsa bouncyCastle() {
        return new Ecdsa(Optional.empty());
    }

    /** Empty where there is no library for this machine, or it may not be unpacked or loaded. */
    static Optional<Ecdsa> nativeLibrary() {
        try {
            return Optional.of(new Ecdsa(Optional.of(Secp256k1.get())));
        } catch (LinkageError | RuntimeException doesNotLoad) {
            return Optional.empty();
        }
    }

    /** The signer's address, lower-case; empty when no key can have made that signature. */
    Optional<String> signer(byte[] digest, EcdsaSignature signature) {
        return publicKey(digest, signature).map(EvmAddress::ofPublicKey);
    }

    /** Signs deterministically (RFC 6979), always with the lower s. */
    EcdsaSignature sign(byte[] digest, byte[] privateKey) {
        byte[] compact = library.isPresent()
                ? library.get().sign(digest, privateKey, null)
                : BouncyCastleCurve.sign(digest, privateKey);
        String signer = address(privateKey);
        EcdsaSignature even = new EcdsaSignature(compact, 0);
        return signer(digest, even).filter(signer::equals).isPresent() ? even : new EcdsaSignature(compact, 1);
    }

    /**
     * The address of a private key, lower-case.
     *
     * @throws IllegalArgumentException when the 32 bytes are no valid key
     */
    String address(byte[] privateKey) {
        BouncyCastleCurve.requireValid(privateKey);
        return EvmAddress.ofPublicKey(library.isPresent()
                ? library.get().pubkeyCreate(privateKey)
                : BouncyCastleCurve.publicKey(privateKey));
    }

    private Optional<byte[]> publicKey(byte[] digest, EcdsaSignature signature) {
        if (library.isEmpty()) {
            return BouncyCastleCurve.recover(digest, signature.compact(), signature.recoveryId());
        }
        try {
            return Optional.of(library.get().ecdsaRecover(signature.compact(), digest, signature.recoveryId()));
        } catch (Secp256k1Exception noSuchKey) {
            return Optional.empty();
        }
    }
}
