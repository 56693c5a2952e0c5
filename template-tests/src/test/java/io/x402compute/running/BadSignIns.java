package io.x402compute.running;

import static io.x402compute.running.BadRequest.row;
import static io.x402compute.running.RequestDraft.delete;
import static io.x402compute.running.RequestDraft.get;
import static io.x402compute.running.RequestDraft.order;
import static io.x402compute.running.RequestDraft.post;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.x402compute.x402.extension.SignInMessage;
import io.x402compute.x402.extension.SignInProof;

/** {@code SIGN-IN-WITH-X}: proofs that are none, or do not hold here and now. */
final class BadSignIns {
    private static final String HEADER = SignInProof.HEADER;
    private static final String MACHINES = "/compute/instances";
    private static final String MACHINE = "/compute/instances/{machine}";
    private static final String INVALID = "invalid_auth";
    private static final String CODE = "invalid_siwx_";
    private static final String LONG_AGO = "2026-01-01T00:00:00Z";
    private static final String FAR_AHEAD = "2126-01-01T00:00:00Z";

    private BadSignIns() {}

    static Stream<BadRequest> all() {
        return Stream.of(none(), changed(), elsewhere(), onEveryRoute(), twoAtOnce()).flatMap(List::stream);
    }

    private static List<BadRequest> none() {
        return List.of(
                row("a proof that is empty", get(MACHINES).with(HEADER, ""), 401, INVALID),
                row("a proof that is no base64", get(MACHINES).with(HEADER, "let me in"), 401, INVALID),
                row("a proof that is an empty object", get(MACHINES).with(HEADER, "e30="), 401, INVALID),
                row("a proof that is a list", get(MACHINES).with(HEADER, "W10="), 401, INVALID),
                row("a proof that is endless", get(MACHINES).with(HEADER, "A".repeat(9_000)), 401, INVALID),
                row("two proofs in one header", get(MACHINES).with(HEADER, scene -> right(scene) + "," + right(scene)),
                        401, INVALID),
                row("a proof without padding", get(MACHINES).with(HEADER, scene -> right(scene).replace("=", "") + "A"),
                        401, INVALID));
    }

    private static List<BadRequest> changed() {
        return List.of(
                changed("another nonce", "nonce", "0123456789abcdef0123456789abcdef", CODE + "signature"),
                changed("another statement", "statement", "Give me everything", CODE + "signature"),
                changed("another address", "address", "0x" + "12".repeat(20), CODE + "signature"),
                changed("an address that is a name", "address", "vitalik.eth", CODE + "signature"),
                changed("a signature of zeros", "signature", "0x" + "00".repeat(65), CODE + "signature"),
                changed("another chain", "chainId", "eip155:1", CODE + "signature"),
                changed("a chain of Solana", "chainId", "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp",
                        CODE + "malformed_signature"),
                changed("a chain without a number", "chainId", "eip155:base", CODE + "chain_id"),
                changed("a chain of Bitcoin", "chainId", "bip122:000000000019d6689c085ae165831e93",
                        CODE + "unsupported_chain"),
                changed("a time in words", "issuedAt", "today", CODE + "issued_at"),
                changed("an end in words", "expirationTime", "soon", CODE + "expiration_time"),
                changed("a beginning in words", "notBefore", "soon", CODE + "not_before"),
                changed("a nonce too short", "nonce", "0123456", INVALID),
                changed("a nonce with a separator of ours", "nonce", "0123456789#abcdef", INVALID),
                changed("an unknown type", "type", "rsa", INVALID),
                changed("another version", "version", "2", INVALID),
                changed("a statement of two lines", "statement", "a\nb", INVALID));
    }

    private static List<BadRequest> elsewhere() {
        return List.of(
                signed("another domain", was -> with(was, "evil.example", was.uri(), was.issuedAt()),
                        "domain_mismatch"),
                signed("another address of the API", was -> with(was, was.domain(), "https://evil.example/",
                        was.issuedAt()), "uri_mismatch"),
                signed("no address of an API", was -> with(was, was.domain(), "compute", was.issuedAt()),
                        "uri_mismatch"),
                signed("long ago", was -> with(was, was.domain(), was.uri(), LONG_AGO), "issued_at_too_old"),
                signed("far ahead", was -> with(was, was.domain(), was.uri(), FAR_AHEAD), "issued_at_in_future"),
                row("a proof used before", get(MACHINES).with(scene -> {
                    Map<String, String> proof = Map.of(HEADER, right(scene));
                    scene.owner().send("GET", MACHINES, proof, new byte[0]);
                    return proof;
                }), 401, CODE + "nonce"));
    }

    private static List<BadRequest> onEveryRoute() {
        return Stream.of(get(MACHINE), delete(MACHINE), post(MACHINE + "/password"), post(MACHINE + "/extend", "{}"),
                post(MACHINE + "/stop"), order(), post("/compute/credits/topup", "{\"amount\":50}"),
                get("/compute/credits/balance"), get("/compute/credits/entries"), get("/compute/orders"),
                post("/compute/api-keys"), get("/compute/api-keys"), delete("/compute/api-keys/{key}"))
                .map(request -> row("a forged proof at " + request.method() + " " + request.path(),
                        request.with(HEADER, BadSignIns::forged), 401, CODE + "signature"))
                .toList();
    }

    private static List<BadRequest> twoAtOnce() {
        String code = "two_credentials";
        return List.of(
                row("a proof on a signed list", get(MACHINES).signed().with(HEADER, BadSignIns::right), 400, code),
                row("a proof with a key", get(MACHINES).keyed().with(HEADER, BadSignIns::right), 400, code),
                row("a proof that is none with a key", get(MACHINES).keyed().with(HEADER, "none"), 400, code),
                row("a proof on a signed new key", post("/compute/api-keys").signed().with(HEADER, BadSignIns::right),
                        400, code),
                row("a proof with a key for the end of a key", delete("/compute/api-keys/{key}").keyed()
                        .with(HEADER, BadSignIns::right), 400, code));
    }

    private static String right(Scene scene) {
        return SignIn.header(scene.owner(), MACHINES);
    }

    private static String forged(Scene scene) {
        return SignIn.changed(scene.owner(), MACHINES, json -> json.put("nonce", "0123456789abcdef0123456789abcdef"));
    }

    private static BadRequest changed(String name, String field, String value, String code) {
        return row("a proof with " + name, get(MACHINES).with(HEADER,
                scene -> SignIn.changed(scene.owner(), MACHINES, json -> json.put(field, value))), 401, code);
    }

    private static BadRequest signed(String name, Function<SignInMessage, SignInMessage> change, String code) {
        return row("a proof signed for " + name, get(MACHINES).with(HEADER,
                scene -> SignIn.header(scene.owner(), MACHINES, change::apply)), 401, CODE + code);
    }

    private static SignInMessage with(SignInMessage was, String domain, String uri, String issuedAt) {
        return new SignInMessage(domain, was.statement(), uri, was.nonce(), issuedAt, Optional.empty(), was.notBefore(),
                was.requestId(), was.resources());
    }
}
