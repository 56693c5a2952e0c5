package io.x402compute.local.aws;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The patterns of IAM: {@code *} is any characters, {@code ?} is one. */
final class Wildcard {
    private Wildcard() {}

    static boolean matches(String pattern, String text) {
        String expression = pattern.chars().mapToObj(character -> switch (character) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(character));
        }).collect(Collectors.joining());
        return Pattern.matches(expression, text);
    }
}
