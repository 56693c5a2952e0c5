package io.x402compute.local.template;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One statement of an IAM policy.
 *
 * @param allow false for {@code Deny}
 * @param actions for example {@code dynamodb:GetItem}; may hold {@code *}
 * @param resources ARNs; may hold {@code *}
 * @param conditions as written, an empty object without any
 */
public record Statement(boolean allow, List<String> actions, List<String> resources, JsonNode conditions) {}
