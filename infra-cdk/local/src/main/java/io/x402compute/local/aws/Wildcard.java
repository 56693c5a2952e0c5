package io.x402compute.local.aws;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The patterns of IAM: {@code *} is any characters, {@code ?} is one. */
final class Wildcard {
    private Wildcard() {}

    static boolean matches(String pattern, String text) {
        // Most are none, and each call of AWS is held to hundreds of them.
        if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
            return pattern.equals(text);
        }
        String expression = pattern.chars().mapToObj(character -> switch (character) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(character));
        }).collect(Collectors.joining());
        return Pattern.matches(expression, text);
    }
}
