package io.x402compute.x402.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a wallet signs to sign in (CAIP-122), whatever chain it is of.
 *
 * @param domain host, and port where it is not the scheme's own
 * @param statement for people; empty is none
 * @param uri what is signed in to
 * @param nonce of this message alone
 * @param issuedAt ISO 8601, as are the other times
 * @see <a href="https://chainagnostic.org/CAIPs/caip-122">CAIP-122</a>
 */
public record SignInMessage(
        String domain,
        Optional<String> statement,
        String uri,
        String nonce,
        String issuedAt,
        Optional<String> expirationTime,
        Optional<String> notBefore,
        Optional<String> requestId,
        List<String> resources) {
    static final String VERSION = "1";

    public SignInMessage {
        statement = statement.filter(text -> !text.isEmpty());
        resources = List.copyOf(resources);
    }

    /**
     * The text that is signed, line by line, without a line feed at the end.
     *
     * @param chain whose account it is
     * @param address as its wallet writes it
     */
    String text(SignInChain chain, String address) {
        List<String> lines = new ArrayList<>(
                List.of(domain + " wants you to sign in with your " + chain.kind().account() + " account:", address,
                        ""));
        // EIP-4361 keeps the empty line after a statement that is not there.
        statement.ifPresentOrElse(text -> lines.addAll(List.of(text, "")), () -> {
            if (chain.kind() == SignInChain.Kind.ETHEREUM) {
                lines.add("");
            }
        });
        lines.addAll(List.of("URI: " + uri, "Version: " + VERSION, "Chain ID: " + chain.reference(), "Nonce: " + nonce,
                "Issued At: " + issuedAt));
        expirationTime.map("Expiration Time: "::concat).ifPresent(lines::add);
        notBefore.map("Not Before: "::concat).ifPresent(lines::add);
        requestId.map("Request ID: "::concat).ifPresent(lines::add);
        if (!resources.isEmpty()) {
            lines.add("Resources:");
            resources.forEach(resource -> lines.add("- " + resource));
        }
        return String.join("\n", lines);
    }

    /** Whether each of its parts is one line, so that the text can be read in one way only. */
    boolean isOfSingleLines() {
        return Stream.of(Stream.of(domain, uri, nonce, issuedAt), resources.stream(),
                Stream.of(statement, expirationTime, notBefore, requestId).flatMap(Optional::stream))
                .flatMap(Function.identity())
                .noneMatch(part -> part.chars().anyMatch(Character::isISOControl));
    }
}
