package io.x402compute.x402.extension;

import java.util.Locale;

/** Why a proof does not hold, in the words of the reference server, which clients compare. */
public enum SignInReason {
    DOMAIN_MISMATCH("domain is not that of this API"),
    URI_MISMATCH("uri is not of this API"),
    ISSUED_AT("issuedAt is no time"),
    ISSUED_AT_TOO_OLD("issuedAt is more than 5 minutes ago"),
    ISSUED_AT_IN_FUTURE("issuedAt is in the future"),
    EXPIRATION_TIME("expirationTime is no time"),
    EXPIRED("expirationTime has passed"),
    NOT_BEFORE("notBefore is no time"),
    NOT_YET_VALID("notBefore is in the future"),
    NONCE("nonce was used before"),
    CHAIN_ID("chainId is malformed"),
    UNSUPPORTED_CHAIN("chainId is of no chain that can sign in here"),
    MALFORMED_SIGNATURE("signature or address is malformed"),
    SIGNATURE("not signed by this address");

    private final String message;

    SignInReason(String message) {
        this.message = message;
    }

    /** {@code invalid_siwx_…}. */
    public String code() {
        return "invalid_siwx_" + name().toLowerCase(Locale.ROOT);
    }

    /** For people. */
    public String message() {
        return message;
    }
}
