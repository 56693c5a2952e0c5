package io.x402compute.inference.outside;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.x402compute.http.ApiException;

/**
 * Which addresses of others may be asked: {@code https} ones of public hosts. What a name stands for is not looked up here: see
 * {@link PublicAddresses}, which whoever goes there asks.
 *
 * @param loopback whether this very machine may be asked, too, without TLS: in the local run
 */
public record OutsideUrls(boolean loopback) {
    private static final int LONGEST = 2048;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");
    /** Names that no public resolver knows. */
    private static final Set<String> INNER = Set.of("localhost", "local", "internal", "intranet", "lan", "home",
            "arpa");
    private static final Pattern QUAD = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
    /** A last label that could be read as a part of a number: resolvers take 127.1 and 0x7f000001 for addresses. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    /**
     * The address in a field of a request.
     *
     * @throws ApiException 400 {@code invalid_field} unless it may be asked
     */
    public URI require(String field, String text) {
        return parse(text)
                .orElseThrow(() -> ApiException.invalidField(field, "must be an https address of a public host"));
    }

    /** The address, if it may be asked. */
    public Optional<URI> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            URI url = new URI(text).parseServerAuthority();
            return url.getHost() != null && url.getRawUserInfo() == null && isOpen(url)
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether it is one that only the local run may ask. */
    boolean isThisMachine(URI url) {
        return loopback && LOOPBACK.contains(url.getHost().toLowerCase(Locale.ROOT));
    }

    private boolean isOpen(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (isThisMachine(url)) {
            return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        }
        return "https".equalsIgnoreCase(url.getScheme()) && isPublic(host);
    }

    private static boolean isPublic(String host) {
        if (host.startsWith("[")) {
            return isPublicAddress(host.substring(1, host.length() - 1));
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (NUMBER.matcher(last).matches()) {
            // Four numbers and nothing else: to some resolvers 0177 is 127.
            return QUAD.matcher(name).matches() && isPublicAddress(name);
        }
        return name.indexOf('.') > 0 && !INNER.contains(last);
    }

    private static boolean isPublicAddress(String literal) {
        try {
            return PublicAddresses.isPublic(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
