package io.x402compute.x402.evm;

import java.math.BigInteger;
import java.util.Optional;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** secp256k1 in plain Java, for machines without a native library. */
final class BouncyCastleCurve {
    // CustomNamedCurves and not SECNamedCurves: the same curve with arithmetic made for it, four times faster.
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
    private static final BigInteger ORDER = CURVE.getN();
    private static final byte COMPRESSED_EVEN = 2;

    private BouncyCastleCurve() {}

    static void requireValid(byte[] privateKey) {
        BigInteger secret = new BigInteger(1, privateKey);
        if (privateKey.length != Words.WORD || secret.signum() == 0 || secret.compareTo(ORDER) >= 0) {
            throw new IllegalArgumentException("not a secp256k1 private key");
        }
    }

    static byte[] publicKey(byte[] privateKey) {
        ECPoint point = new FixedPointCombMultiplier().multiply(CURVE.getG(), new BigInteger(1, privateKey));
        return point.getEncoded(false);
    }

    /** r and s, 32 bytes each, with the lower s. */
    static byte[] sign(byte[] digest, byte[] privateKey) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, privateKey), DOMAIN));
        BigInteger[] pair = signer.generateSignature(digest);
        BigInteger lowerS = pair[1].min(ORDER.subtract(pair[1]));
        byte[] compact = new byte[EcdsaSignature.COMPACT_LENGTH];
        BigIntegers.asUnsignedByteArray(pair[0], compact, 0, Words.WORD);
        BigIntegers.asUnsignedByteArray(lowerS, compact, Words.WORD, Words.WORD);
        return compact;
    }

    /** The signer's public key (SEC 1, section 4.1.6), uncompressed; empty when no key can have made that signature. */
    static Optional<byte[]> recover(byte[] digest, byte[] compact, int recoveryId) {
        BigInteger r = new BigInteger(1, compact, 0, Words.WORD);
        BigInteger s = new BigInteger(1, compact, Words.WORD, Words.WORD);
        if (r.signum() == 0 || s.signum() == 0 || r.compareTo(ORDER) >= 0 || s.compareTo(ORDER) >= 0) {
            return Optional.empty();
        }
        byte[] encoded = new byte[1 + Words.WORD];
        encoded[0] = (byte) (COMPRESSED_EVEN + recoveryId);
        System.arraycopy(compact, 0, encoded, 1, Words.WORD);
        ECPoint nonce;
        try {
            nonce = CURVE.getCurve().decodePoint(encoded);
        } catch (IllegalArgumentException notOnCurve) {
            return Optional.empty();
        }
        BigInteger inverse = BigIntegers.modOddInverse(ORDER, r);
        BigInteger ofGenerator = new BigInteger(1, digest).negate().multiply(inverse).mod(ORDER);
        BigInteger ofNonce = s.multiply(inverse).mod(ORDER);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), ofGenerator, nonce, ofNonce).normalize();
        return key.isInfinity() ? Optional.empty() : Optional.of(key.getEncoded(false));
    }
}
