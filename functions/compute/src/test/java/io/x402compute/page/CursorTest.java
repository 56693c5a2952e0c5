package io.x402compute.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final Place PLACE = new Place(Instant.parse("2026-01-01T00:00:00.123Z"),
            UUID.fromString("5f0c7d5e-3c7b-4c7e-9a51-7d1f0a2b3c4d"));

    @Test
    void placeComesBackFromTextThatGoesInAQueryAsItIs() {
        String text = Cursor.of(PLACE, "list");

        assertThat(Cursor.read(text, "list")).contains(PLACE);
        assertThat(text).matches("[A-Za-z0-9_-]{48}");
    }

    @Test
    void cursorIsOfOneScopeOnly() {
        assertThat(Cursor.read(Cursor.of(PLACE, "mine"), "theirs")).isEmpty();
    }

    @Test
    void noCharacterOfItCanBeChanged() {
        String text = Cursor.of(PLACE, "list");
        for (int at = 0; at < text.length(); at++) {
            char other = text.charAt(at) == 'A' ? 'B' : 'A';
            assertThat(Cursor.read(text.substring(0, at) + other + text.substring(at + 1), "list")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "none", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "////////////////////////////////////////////////", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
        "ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ"})
    void whateverElseIsSentIsNone(String text) {
        assertThat(Cursor.read(text, "list")).isEmpty();
    }
}
