package io.x402compute.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;

import org.junit.jupiter.api.Test;

class ApiKeySecretTest {
    private final ApiKeySecret key = ApiKeySecret.random(new SecureRandom());

    @Test
    void keyHasTheFormThatClientsCheckAndIsReadBack() {
        assertThat(key.text()).matches("^x402c_[A-Za-z0-9_-]+$").hasSize(54);
        assertThat(ApiKeySecret.parse(key.text()).orElseThrow().text()).isEqualTo(key.text());
        assertThat(ApiKeySecret.random(new SecureRandom()).text()).isNotEqualTo(key.text());
    }

    @Test
    void keyWithAnyOneCharacterChangedIsNone() {
        for (int at = 0; at < key.text().length(); at++) {
            StringBuilder changed = new StringBuilder(key.text());
            changed.setCharAt(at, changed.charAt(at) == 'A' ? 'B' : 'A');

            assertThat(ApiKeySecret.parse(changed.toString())).as("changed at %d", at).isEmpty();
        }
    }

    @Test
    void keyThatIsCutOrHasMoreAroundItIsNone() {
        String text = key.text();

        assertThat(ApiKeySecret.parse(text.substring(0, text.length() - 1))).isEmpty();
        assertThat(ApiKeySecret.parse(text + "A")).isEmpty();
        assertThat(ApiKeySecret.parse(" " + text)).isEmpty();
        assertThat(ApiKeySecret.parse(text + "," + text)).isEmpty();
    }

    @Test
    void printedKeyIsNotTheKey() {
        assertThat(key.toString()).doesNotContain(key.text().substring(6, 12), key.last4());
    }
}
