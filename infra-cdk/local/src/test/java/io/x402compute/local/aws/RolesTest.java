package io.x402compute.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.x402compute.http.Json;
import io.x402compute.local.template.LambdaFunction;
import io.x402compute.local.template.Statement;
import io.x402compute.local.template.UnsupportedTemplateException;

class RolesTest {
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/Notes";

    private final List<String> log = new ArrayList<>();

    @Test
    void aGrantOnATableIsNoneOnItsIndexes() {
        Roles roles = roles(allow("dynamodb:Query", TABLE));

        assertThat(refusal(roles, "dynamodb:Query", TABLE)).isFalse();
        assertThat(refusal(roles, "dynamodb:Query", TABLE + "/index/author")).isTrue();
        assertThat(refusal(roles, "dynamodb:GetItem", TABLE)).isTrue();
        assertThat(roles.refused()).containsExactly(
                new Grant("Keep", "dynamodb:Query", TABLE + "/index/author"),
                new Grant("Keep", "dynamodb:GetItem", TABLE));
        assertThat(log).hasSize(2).allMatch(line -> line.startsWith("keep-function User: "));
    }

    @Test
    void wildcardsCoverWhatTheySay() {
        Roles roles = roles(allow("dynamodb:*Item", TABLE + "*"));

        assertThat(refusal(roles, "dynamodb:PutItem", TABLE)).isFalse();
        assertThat(refusal(roles, "dynamodb:PutItem", TABLE + "/index/author")).isFalse();
        assertThat(refusal(roles, "dynamodb:Query", TABLE)).isTrue();
        assertThat(roles.used()).containsExactly(new Grant("Keep", "dynamodb:*Item", TABLE + "*"));
    }

    @Test
    void aDenialOutweighsEveryGrant() {
        Roles roles = roles(allow("*", "*"), statement(false, "dynamodb:DeleteItem", "*", Json.object()));

        assertThat(refusal(roles, "dynamodb:PutItem", TABLE)).isFalse();
        assertThat(roles.refusal("keep", "dynamodb:DeleteItem", TABLE)).get().asString().contains("explicit deny");
    }

    @Test
    void whatIsWithdrawnComesBack() {
        Roles roles = roles(allow("dynamodb:PutItem", TABLE));

        try (Roles.Withdrawal _ = roles.without(new Grant("Keep", "dynamodb:PutItem", TABLE))) {
            assertThat(refusal(roles, "dynamodb:PutItem", TABLE)).isTrue();
        }

        assertThat(refusal(roles, "dynamodb:PutItem", TABLE)).isFalse();
        Grant notGranted = new Grant("Keep", "dynamodb:GetItem", TABLE);
        assertThatThrownBy(() -> roles.without(notGranted)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void conditionsAreNotGuessedAt() {
        Statement conditional = statement(true, "dynamodb:PutItem", TABLE,
                Json.object().put("StringEquals", "anything"));

        assertThatThrownBy(() -> roles(conditional)).isInstanceOf(UnsupportedTemplateException.class);
    }

    private Roles roles(Statement... statements) {
        LambdaFunction keep = new LambdaFunction("keep", "keep-function", "com.example.Keep::handleRequest", "code.zip",
                Duration.ofSeconds(1), 128, Map.of(), "KeepRole", List.of(statements));
        return new Roles(List.of(keep), (function, line) -> log.add(function + " " + line));
    }

    private static boolean refusal(Roles roles, String action, String resource) {
        return roles.refusal("keep", action, resource).isPresent();
    }

    private static Statement allow(String action, String resource) {
        return statement(true, action, resource, Json.object());
    }

    private static Statement statement(boolean allow, String action, String resource, ObjectNode conditions) {
        return new Statement(allow, List.of(action), List.of(resource), conditions);
    }
}
