package io.x402compute.local.inference;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Text in the pieces that are counted: up to six letters or figures, or one of anything else, with the space before it. */
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:[\\p{L}\\p{N}]{1,6}|\\S)|\\s+");

    private Tokens() {}

    static List<String> of(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }

    static int count(String text) {
        return of(text).size();
    }
}
