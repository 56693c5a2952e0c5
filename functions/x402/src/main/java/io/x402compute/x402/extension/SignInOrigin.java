package io.x402compute.x402.extension;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a message belongs to: scheme, host and port.
 *
 * @param scheme lower case
 * @param host lower case, with its port where that is not the scheme's own
 */
public record SignInOrigin(String scheme, String host) {

    /** The origin of that address; empty when it is no address of a host. */
    public static Optional<SignInOrigin> of(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
        // Not the URI's host, which knows no underscores.
        if (uri.getScheme() == null || uri.getRawAuthority() == null || uri.getRawAuthority().contains("@")) {
            return Optional.empty();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getRawAuthority().toLowerCase(Locale.ROOT);
        String usualPort = usualPort(scheme);
        return Optional.of(new SignInOrigin(scheme,
                host.endsWith(usualPort) ? host.substring(0, host.length() - usualPort.length()) : host));
    }

    private static String usualPort(String scheme) {
        return switch (scheme) {
            case "https" -> ":443";
            case "http" -> ":80";
            default -> "";
        };
    }
}
