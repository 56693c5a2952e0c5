package io.x402compute.instance;

import java.util.regex.Pattern;

/**
 * A password as every Linux keeps it in {@code /etc/shadow}: SHA-512-crypt with its salt. Its text holds letters, digits and
 * {@code $ . /} only, so that it can stand in single quotes anywhere.
 */
public record PasswordHash(String text) {
    private static final Pattern FORM = Pattern.compile("\\$6\\$[./0-9A-Za-z]{1,16}\\$[./0-9A-Za-z]{86}");

    /** @throws IllegalArgumentException for anything else, which could be a password */
    public PasswordHash {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a SHA-512-crypt hash");
        }
    }
}
