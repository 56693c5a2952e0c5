package io.x402compute.x402.facilitator;

import java.io.ByteArrayOutputStream;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Private keys on the curve P-256 in PEM: PKCS #8, or as OpenSSL and Coinbase's portal write them (SEC 1). */
final class EcKeyText {
    private static final Pattern PEM = Pattern
            .compile("\\s*-----BEGIN (EC )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (EC )?PRIVATE KEY-----\\s*");
    private static final String PKCS8_ALGORITHM = "EC";
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int LONG_LENGTH = 0x81;
    private static final int SHORT_LENGTHS = 0x80;
    private static final int MOST_BYTES = 0xff;
    /** Version 0, and the algorithm: a public key of an elliptic curve, on P-256. */
    private static final byte[] P256 = HexFormat.of().parseHex("020100301306072a8648ce3d020106082a8648ce3d030107");
    /** How SEC 1 begins after its own length: version 1 and a number of 32 bytes. */
    private static final byte[] SEC1_HEAD = HexFormat.of().parseHex("0201010420");
    private static final int SEC1_NUMBER_ENDS = SEC1_HEAD.length + 32;
    /** How it goes on where it names its curve, which must be P-256. */
    private static final byte[] SEC1_CURVE = HexFormat.of().parseHex("a00a06082a8648ce3d030107");
    private static final int SEC1_PUBLIC_KEY = 0xa1;

    private EcKeyText() {}

    static boolean isPem(String text) {
        return text.contains("-----BEGIN");
    }

    /** @throws GeneralSecurityException when it is no such key */
    static PrivateKey read(String text) throws GeneralSecurityException {
        Matcher pem = PEM.matcher(text.replace("\\n", "\n"));
        if (!pem.matches()) {
            throw new InvalidKeySpecException();
        }
        byte[] der = decoded(pem.group(2));
        PrivateKey key = KeyFactory.getInstance(PKCS8_ALGORITHM)
                .generatePrivate(new PKCS8EncodedKeySpec(pem.group(1) == null ? der : pkcs8(der)));
        if (!(key instanceof ECPrivateKey onCurve) || !isP256(onCurve.getParams())) {
            throw new InvalidKeySpecException();
        }
        return key;
    }

    private static byte[] decoded(String base64) throws InvalidKeySpecException {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException();
        }
    }

    /** SEC 1 inside PKCS #8, which is all that the JDK reads. */
    private static byte[] pkcs8(byte[] sec1) throws InvalidKeySpecException {
        if (!isSec1OfP256(sec1)) {
            throw new InvalidKeySpecException();
        }
        var fields = new ByteArrayOutputStream();
        fields.writeBytes(P256);
        fields.writeBytes(tagged(OCTET_STRING, sec1));
        return tagged(SEQUENCE, fields.toByteArray());
    }

    /** The JDK would not look at the curve that is named inside. */
    private static boolean isSec1OfP256(byte[] sec1) {
        int head = sec1.length > 2 && (sec1[1] & MOST_BYTES) == LONG_LENGTH ? 3 : 2;
        if (sec1.length < head + SEC1_NUMBER_ENDS || sec1.length > MOST_BYTES - P256.length - head) {
            return false;
        }
        byte[] fields = Arrays.copyOfRange(sec1, head, sec1.length);
        byte[] rest = Arrays.copyOfRange(fields, SEC1_NUMBER_ENDS, fields.length);
        return startsWith(fields, SEC1_HEAD)
                && (rest.length == 0 || (rest[0] & MOST_BYTES) == SEC1_PUBLIC_KEY || startsWith(rest, SEC1_CURVE));
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static byte[] tagged(int tag, byte[] value) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(tag);
        if (value.length >= SHORT_LENGTHS) {
            bytes.write(LONG_LENGTH);
        }
        bytes.write(value.length);
        bytes.writeBytes(value);
        return bytes.toByteArray();
    }

    private static boolean isP256(ECParameterSpec curve) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance(PKCS8_ALGORITHM);
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec p256 = parameters.getParameterSpec(ECParameterSpec.class);
        return curve.getCurve().equals(p256.getCurve()) && curve.getOrder().equals(p256.getOrder());
    }
}
