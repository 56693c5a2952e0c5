package io.x402compute.running;

import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.delete;
import static io.x402compute.running.RequestDraft.get;
import static io.x402compute.running.RequestDraft.order;
import static io.x402compute.running.RequestDraft.post;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.x402compute.x402.solana.Base58;

/** Signatures and API keys that do not hold. */
final class BadCredentials {
    private static final String MACHINES = "/compute/instances";
    private static final String MACHINE = "/compute/instances/{machine}";
    private static final String INVALID = "invalid_auth";
    private static final String MISSING = "missing_auth";
    private static final String NO_KEY = "unknown_api_key";
    /** The neutral element of the curve: as a public key it "signs" everything with the signature below. */
    private static final String NEUTRAL_KEY = Base58.encode(neutral(32));
    private static final byte[] NEUTRAL_SIGNATURE = neutral(64);

    private BadCredentials() {}

    static Stream<BadRequest> all() {
        return Stream
                .of(onEveryRoute(), incomplete(), whoAndWhere(), when(), nonces(), signatures(), ofAnotherRequest(),
                        keys(), twoAtOnce())
                .flatMap(List::stream);
    }

    private static List<BadRequest> onEveryRoute() {
        return List.of(
                row("nobody's list", get(MACHINES), 401, MISSING),
                row("nobody's machine", get(MACHINE), 401, MISSING),
                row("nobody's destruction", delete(MACHINE), 401, MISSING),
                row("nobody's keys", get("/compute/api-keys"), 401, MISSING),
                row("nobody's credit", get("/compute/credits/balance"), 401, MISSING),
                row("nobody's entries of credit", get("/compute/credits/entries"), 401, MISSING),
                row("nobody's orders", get("/compute/orders"), 401, MISSING),
                row("nobody's order", get("/compute/orders/{no-machine}"), 401, MISSING),
                row("nobody's new key", post("/compute/api-keys"), 401, MISSING),
                row("nobody's old key", delete("/compute/api-keys/{key}"), 401, MISSING),
                row("a forged list", forged(get(MACHINES)), 401, INVALID),
                row("a forged look", forged(get(MACHINE)), 401, INVALID),
                row("a forged destruction", forged(delete(MACHINE)), 401, INVALID),
                row("a forged extension", forged(post(MACHINE + "/extend", "{}")), 401, INVALID),
                row("a forged order", forged(order()), 401, INVALID),
                row("a forged top-up", forged(post("/compute/credits/topup", "{\"amount\":50}")), 401, INVALID),
                row("a forged new key", forged(post("/compute/api-keys")), 401, INVALID),
                row("a forged end of a key", forged(delete("/compute/api-keys/{key}")), 401, INVALID),
                row("a forged list of keys", forged(get("/compute/api-keys")), 401, INVALID),
                row("a forged look at credit", forged(get("/compute/credits/balance")), 401, INVALID),
                row("a forged list of orders", forged(get("/compute/orders")), 401, INVALID),
                row("a forged list of credit", forged(get("/compute/credits/entries")), 401, INVALID),
                row("a wallet by its name alone, as before signatures",
                        get(MACHINES).with("x-wallet-address", scene -> scene.owner().address()), 401, MISSING),
                row("a wallet in the query alone", get(MACHINES + "?wallet=0x0000000000000000000000000000000000000000"),
                        401, MISSING),
                row("a session of another service", get(MACHINES).with("Authorization", "Bearer sgl_sess.x"), 401,
                        NO_KEY));
    }

    private static List<BadRequest> incomplete() {
        return List.of(
                row("no address", get(MACHINES).signed().without("X-Auth-Address"), 401, MISSING),
                row("no chain", get(MACHINES).signed().without("X-Auth-Chain"), 401, MISSING),
                row("no signature", get(MACHINES).signed().without("X-Auth-Signature"), 401, MISSING),
                row("no time", get(MACHINES).signed().without("X-Auth-Timestamp"), 401, MISSING),
                row("no nonce", get(MACHINES).signed().without("X-Auth-Nonce"), 401, MISSING),
                row("an order without a nonce", order().signed().without("X-Auth-Nonce"), 401, MISSING),
                row("only an encoding", get(MACHINES).with("X-Auth-Sig-Encoding", "hex"), 401, MISSING),
                row("only an encoding on an order", order().with("X-Auth-Sig-Encoding", "hex"), 401, MISSING));
    }

    private static List<BadRequest> whoAndWhere() {
        return List.of(
                changed("an empty chain", "X-Auth-Chain", ""),
                changed("an unknown chain", "X-Auth-Chain", "tron"),
                changed("a chain in capitals", "X-Auth-Chain", "BASE"),
                changed("a chain by its number", "X-Auth-Chain", "eip155:8453"),
                changed("two chains", "X-Auth-Chain", "base,solana"),
                changed("an address of another chain", "X-Auth-Chain", "solana"),
                changed("an empty address", "X-Auth-Address", ""),
                changed("an address without 0x", "X-Auth-Address", "12".repeat(20)),
                changed("an address one digit short", "X-Auth-Address", "0x" + "1".repeat(39)),
                changed("an address one digit long", "X-Auth-Address", "0x" + "1".repeat(41)),
                changed("an address that is a name", "X-Auth-Address", "vitalik.eth"),
                changed("two addresses", "X-Auth-Address", "0x" + "12".repeat(20) + ",0x" + "12".repeat(20)),
                row("somebody else's address",
                        get(MACHINES).signed().with("X-Auth-Address", scene -> scene.stranger().address()), 401,
                        INVALID),
                row("an address in other letters than were signed",
                        get(MACHINES).signed().with("X-Auth-Address", scene -> scene.owner().wallet().address()), 401,
                        INVALID));
    }

    private static List<BadRequest> when() {
        return List.of(
                changed("an empty time", "X-Auth-Timestamp", ""),
                changed("a time in words", "X-Auth-Timestamp", "today"),
                changed("a negative time", "X-Auth-Timestamp", "-1771372800123"),
                changed("a time with a sign", "X-Auth-Timestamp", "+1771372800123"),
                changed("a time with a fraction", "X-Auth-Timestamp", "1771372800123.5"),
                changed("a time with an exponent", "X-Auth-Timestamp", "1.771372800123e12"),
                changed("a time in hex", "X-Auth-Timestamp", "0x19c6e5f5a7b"),
                changed("a time by the calendar", "X-Auth-Timestamp", "2026-02-18T00:00:00.123Z"),
                changed("two times", "X-Auth-Timestamp", "1771372800123,1771372800123"),
                changed("a time beyond 64 bits", "X-Auth-Timestamp", "99999999999999999999"),
                expired("the first moment of time", "0"),
                expired("long ago", "1771372800123"),
                expired("far ahead", "999999999999999"),
                row("seconds", get(MACHINES).signed()
                        .with("X-Auth-Timestamp", scene -> Long.toString(scene.now().getEpochSecond())), 401,
                        "expired_auth"),
                row("a time changed afterwards", get(MACHINES).signed()
                        .with("X-Auth-Timestamp", scene -> Long.toString(scene.now().toEpochMilli() - 60_000)), 401,
                        INVALID));
    }

    private static List<BadRequest> nonces() {
        return List.of(
                changed("an empty nonce", "X-Auth-Nonce", ""),
                changed("a nonce with spaces", "X-Auth-Nonce", "a b c d e f"),
                changed("a nonce too short", "X-Auth-Nonce", "0123456"),
                changed("a nonce too long", "X-Auth-Nonce", "0".repeat(129)),
                changed("a nonce with a separator of ours", "X-Auth-Nonce", "0123456789#abcdef"),
                changed("two nonces", "X-Auth-Nonce", "0123456789abcdef,0123456789abcdef"),
                changed("a nonce changed afterwards", "X-Auth-Nonce", "0123456789abcdef0123456789abcdef"),
                row("a nonce used before", get(MACHINES).with(Scene::burnt), 401, "replayed_nonce"));
    }

    private static List<BadRequest> signatures() {
        return List.of(
                changed("an empty signature", "X-Auth-Signature", ""),
                changed("a signature that is no hex", "X-Auth-Signature", "0x" + "zz".repeat(65)),
                changed("a signature of half bytes", "X-Auth-Signature", "0x" + "1".repeat(129)),
                changed("a signature of zeros", "X-Auth-Signature", "0x" + "00".repeat(65)),
                changed("a signature of ones", "X-Auth-Signature", "0x" + "ff".repeat(65)),
                changed("an endless signature", "X-Auth-Signature", "0x" + "12".repeat(4_000)),
                signature("64 bytes", right -> right.substring(0, 130)),
                signature("66 bytes", right -> right + "00"),
                signature("a recovery id there is not", right -> right.substring(0, 130) + "1d"),
                signature("hex without 0x", right -> right.substring(2)),
                changed("hex said to be base64", "X-Auth-Sig-Encoding", "base64"),
                changed("an encoding in capitals", "X-Auth-Sig-Encoding", "HEX"),
                changed("an empty encoding", "X-Auth-Sig-Encoding", ""),
                changed("an unknown encoding", "X-Auth-Sig-Encoding", "base32"),
                solana("hex of Solana", "X-Auth-Sig-Encoding", "hex"),
                solana("base64 of Solana said to be base58", "X-Auth-Sig-Encoding", "base58"),
                solana("63 bytes of Solana", "X-Auth-Signature", base64(new byte[63])),
                solana("64 zeros of Solana", "X-Auth-Signature", base64(new byte[64])),
                solana("an endless signature of Solana", "X-Auth-Signature", "A".repeat(8_000)),
                row("a key of Solana that signs everything", get(MACHINES).signed(scene -> new WalletHeaders("solana",
                        NEUTRAL_KEY, "base64", message -> base64(NEUTRAL_SIGNATURE))), 401, INVALID),
                row("somebody else's signature", get(MACHINES).signed(scene -> new WalletHeaders("base",
                        scene.owner().address(), "hex", scene.stranger().wallet()::signMessage)), 401, INVALID));
    }

    private static List<BadRequest> ofAnotherRequest() {
        return List.of(
                row("signed for a look", delete(MACHINE).signedAs("GET", MACHINE), 401, INVALID),
                row("signed for another machine", get(MACHINE).signedAs("GET", MACHINES + "/{gone-machine}"), 401,
                        INVALID),
                row("signed for a small-letter method", get(MACHINES).signedAs("get", MACHINES), 401, INVALID),
                row("signed with the host", get(MACHINES).signedAs("GET", "http://localhost" + MACHINES), 401, INVALID),
                row("signed with another query", get(MACHINES + "?wallet=a").signedAs("GET", MACHINES + "?wallet=b"),
                        401, INVALID),
                row("signed with a query that is not sent", get(MACHINES).signedAs("GET", MACHINES + "?wallet=b"), 401,
                        INVALID),
                row("a body that was not signed", post("/compute/api-keys").signed().saying("{\"label\":\"x\"}"), 401,
                        INVALID),
                row("another body than was signed",
                        post("/compute/api-keys", "{\"label\":\"x\"}").signed().saying("{\"label\":\"y\"}"), 401,
                        INVALID),
                row("a body with a space more than was signed",
                        post("/compute/api-keys", "{\"label\":\"x\"}").signed().saying("{\"label\": \"x\"}"), 401,
                        INVALID),
                row("a question with a body that was not signed", get(MACHINES).signed().saying("{}"), 401, INVALID));
    }

    private static List<BadRequest> keys() {
        return List.of(
                key("an empty key", scene -> ""),
                key("a word", scene -> "key"),
                key("the prefix of all keys", scene -> "x402c_"),
                key("a key nobody has", scene -> "x402c_" + "A".repeat(48)),
                key("a revoked key", Scene::revokedKey),
                key("a key with one letter changed", scene -> flipped(scene.key())),
                key("a key without its last letter", scene -> scene.key().substring(0, scene.key().length() - 1)),
                key("a key with a letter more", scene -> scene.key() + "A"),
                key("a key with padding", scene -> scene.key() + "="),
                key("a key with its prefix in capitals", scene -> scene.key().replace("x402c_", "X402C_")),
                key("a key without its prefix", scene -> scene.key().substring(6)),
                key("one key twice", scene -> scene.key() + "," + scene.key()),
                key("the id of a key", scene -> scene.ids().get("key")),
                row("an unknown key for a machine", get(MACHINE).with("X-API-Key", "x402c_none"), 401, NO_KEY),
                row("an unknown key for its end", delete(MACHINE).with("X-API-Key", "x402c_none"), 401, NO_KEY),
                row("an unknown key for keys", get("/compute/api-keys").with("X-API-Key", "x402c_none"), 401, NO_KEY),
                row("an unknown key for credit", get("/compute/credits/balance").with("X-API-Key", "x402c_none"), 401,
                        NO_KEY),
                row("an unknown key at the till", order().with("X-API-Key", "x402c_none"), 401, NO_KEY),
                row("an unknown key for more time", post(MACHINE + "/extend", "{}").with("X-API-Key", "x402c_none"),
                        401, NO_KEY),
                row("a revoked key at the till", order().with("X-API-Key", Scene::revokedKey), 401, NO_KEY),
                row("a key by another scheme", get(MACHINES).with("Authorization", scene -> "Basic " + scene.key()),
                        401, MISSING),
                row("a revoked key as a bearer's", get(MACHINES).with("Authorization",
                        scene -> "Bearer " + scene.revokedKey()), 401, NO_KEY),
                row("a key in the query", get(MACHINES + "?api_key=x402c_none"), 401, MISSING));
    }

    private static List<BadRequest> twoAtOnce() {
        String code = "two_credentials";
        return List.of(
                row("a signed list with a key", get(MACHINES).signed().keyed(), 400, code),
                row("a signed list with a bearer's key",
                        get(MACHINES).signed().with("Authorization", scene -> "Bearer " + scene.key()), 400, code),
                row("a signed look with a key", get(MACHINE).signed().keyed(), 400, code),
                row("a signed end with a key", delete(MACHINE).signed().keyed(), 400, code),
                row("a signed order with a key", order().signed().keyed(), 400, code),
                row("a signed extension with a key", post(MACHINE + "/extend", "{}").signed().keyed(), 400, code),
                row("a signed list of keys with a key", get("/compute/api-keys").signed().keyed(), 400, code),
                row("a signed list of credit with a key", get("/compute/credits/entries").signed().keyed(), 400, code),
                row("a signed list with a key that is none", get(MACHINES).signed().with("X-API-Key", "none"), 400,
                        code));
    }

    private static RequestDraft forged(RequestDraft request) {
        return request.signed().with("X-Auth-Signature", "0x" + "34".repeat(64) + "1b");
    }

    private static BadRequest changed(String name, String header, String value) {
        return row(name, get(MACHINES).signed().with(header, value), 401, INVALID);
    }

    private static BadRequest expired(String name, String time) {
        return row(name, get(MACHINES).signed().with("X-Auth-Timestamp", time), 401, "expired_auth");
    }

    private static BadRequest solana(String name, String header, String value) {
        SolanaWallet wallet = new SolanaWallet();
        return row(name, get(MACHINES).signed(scene -> wallet.credentials()).with(header, value), 401, INVALID);
    }

    private static BadRequest signature(String name, UnaryOperator<String> change) {
        return row(name, get(MACHINES).with(scene -> {
            Map<String, String> headers = scene.owner().credentials().sign("GET", MACHINES, new byte[0], scene.now());
            headers.computeIfPresent("X-Auth-Signature", (header, right) -> change.apply(right));
            return headers;
        }), 401, INVALID);
    }

    private static BadRequest key(String name, Function<Scene, String> key) {
        return row(name, get(MACHINES).with("X-API-Key", key), 401, NO_KEY);
    }

    private static String flipped(String key) {
        char last = key.charAt(20);
        return key.substring(0, 20) + (last == 'A' ? 'B' : 'A') + key.substring(21);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] neutral(int length) {
        byte[] bytes = new byte[length];
        bytes[0] = 1;
        return bytes;
    }
}
