package io.x402compute.cli.api;

/** Text from outside, for a terminal: a label or an error must not move the cursor or start a new line. */
public final class Printable {
    private Printable() {}

    public static String of(String text) {
        return text.codePoints().map(letter -> isSafe(letter) ? letter : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /** The same, of no more than so many letters. */
    public static String of(String text, int longest) {
        return of(text.length() > longest ? text.substring(0, longest) + "…" : text);
    }

    private static boolean isSafe(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }
}
