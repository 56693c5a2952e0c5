package io.x402compute.local.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A conversation to go on with.
 *
 * @param question the last thing that was said in it
 * @param pictures the addresses of those in it
 * @param mostTokens of each answer
 * @param stop texts at which an answer ends
 * @param tool that has to be called, if any
 * @param json whether the answer has to be JSON
 */
record ChatRequest(String model, String question, List<String> pictures, int promptTokens, int mostTokens,
        List<String> stop, int choices, long seed, Optional<String> tool, boolean json, boolean stream,
        boolean usageWanted) {
    private static final String COMMON = "messages model stream stream_options max_tokens max_completion_tokens "
            + "temperature top_p n stop seed tools tool_choice parallel_tool_calls logprobs top_logprobs reasoning_effort "
            + "frequency_penalty presence_penalty user ";
    private static final String OPENAI = COMMON
            + "response_format modalities audio metadata store logit_bias service_tier";
    private static final String VULTR = COMMON + "reasoning continue_final_message";
    private static final int MOST_MESSAGES = 2048;
    private static final int TOKENS_OF_A_MESSAGE = 4;
    private static final int TOKENS_OF_A_PICTURE = 85;

    static ChatRequest read(Call call, Models models) {
        Fields fields = Fields.ofJson(call, call.dialect() == Dialect.VULTR ? VULTR : OPENAI);
        String model = models.require(call.dialect(), fields.text("model"), "chat");
        List<String> pictures = new ArrayList<>();
        StringBuilder said = new StringBuilder();
        String question = "";
        List<JsonNode> messages = fields.array("messages", MOST_MESSAGES);
        for (int i = 0; i < messages.size(); i++) {
            question = message("messages[" + i + "]", messages.get(i), pictures);
            said.append(question).append('\n');
        }
        if (!pictures.isEmpty() && !models.sees(model)) {
            throw Refused.invalid("messages", "Invalid content type. image_url is only supported by certain models.",
                    "invalid_value");
        }
        int prompt = Tokens.count(said.toString()) + TOKENS_OF_A_MESSAGE * messages.size()
                + TOKENS_OF_A_PICTURE * pictures.size();
        fields.decimal("temperature", 0, 2, 1);
        fields.decimal("top_p", 0, 1, 1);
        fields.decimal("frequency_penalty", -2, 2, 0);
        fields.decimal("presence_penalty", -2, 2, 0);
        fields.optionalText("reasoning_effort");
        boolean stream = fields.flag("stream");
        return new ChatRequest(model, question, List.copyOf(pictures), prompt,
                mostTokens(fields, models.context(model), prompt),
                fields.has("stop") ? fields.texts("stop", 4) : List.of(), fields.whole("n", 1, 128, 1),
                fields.whole("seed", Integer.MIN_VALUE, Integer.MAX_VALUE, 0), tool(fields), json(fields), stream,
                usageWanted(fields, stream));
    }

    private static int mostTokens(Fields fields, int context, int prompt) {
        int old = fields.whole("max_tokens", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        int most = fields.whole("max_completion_tokens", 1, Integer.MAX_VALUE, old);
        if (prompt >= context || (most < Integer.MAX_VALUE && (long) prompt + most > context)) {
            throw Refused.invalid("messages", "This model's maximum context length is " + context
                    + " tokens. However, your messages resulted in " + prompt + " tokens.", "context_length_exceeded");
        }
        return most;
    }

    private static String message(String at, JsonNode message, List<String> pictures) {
        if (!(message instanceof ObjectNode object)) {
            throw Refused.wrongType(at, "an object");
        }
        Fields fields = Fields.of(object, "role content name tool_calls tool_call_id refusal reasoning");
        String role = fields.oneOf("role", "", "system", "developer", "user", "assistant", "tool");
        if (role.equals("tool")) {
            fields.text("tool_call_id");
        }
        if (role.equals("assistant") && fields.has("tool_calls") && !fields.has("content")) {
            return "";
        }
        JsonNode content = fields.required("content");
        if (content.isTextual()) {
            return content.textValue();
        }
        List<String> texts = new ArrayList<>();
        fields.array("content", MOST_MESSAGES).forEach(part -> part(at + ".content", part, texts, pictures));
        return String.join("\n", texts);
    }

    private static void part(String at, JsonNode part, List<String> texts, List<String> pictures) {
        switch (part.path("type").asText()) {
            case "text" -> texts.add(textual(at + ".text", part.path("text")));
            case "image_url" -> pictures.add(textual(at + ".image_url.url", part.path("image_url").path("url")));
            default -> throw Refused.wrongValue(at + ".type", part.path("type").asText(), List.of("text", "image_url"));
        }
    }

    private static String textual(String at, JsonNode value) {
        if (!value.isTextual()) {
            throw Refused.wrongType(at, "a string");
        }
        return value.textValue();
    }

    private static Optional<String> tool(Fields fields) {
        List<JsonNode> tools = fields.has("tools") ? fields.array("tools", 128) : List.of();
        tools.forEach(tool -> textual("tools.function.name", tool.path("function").path("name")));
        return fields.find("tool_choice").flatMap(choice -> {
            if (choice.isObject()) {
                return Optional.of(textual("tool_choice.function.name", choice.path("function").path("name")));
            }
            return fields.oneOf("tool_choice", "auto", "none", "auto", "required").equals("required")
                    && !tools.isEmpty()
                            ? Optional.of(tools.getFirst().path("function").path("name").textValue())
                            : Optional.empty();
        });
    }

    private static boolean json(Fields fields) {
        return fields.find("response_format").map(format -> {
            String type = textual("response_format.type", format.path("type"));
            if (!List.of("text", "json_object", "json_schema").contains(type)) {
                throw Refused.wrongValue("response_format.type", type, List.of("text", "json_object", "json_schema"));
            }
            return !type.equals("text");
        }).orElse(false);
    }

    private static boolean usageWanted(Fields fields, boolean stream) {
        return fields.find("stream_options").map(options -> {
            if (!stream || !(options instanceof ObjectNode object)) {
                throw Refused.invalid("stream_options",
                        "The 'stream_options' parameter is only allowed when 'stream' is enabled.", "invalid_value");
            }
            return Fields.of(object, "include_usage include_obfuscation").flag("include_usage");
        }).orElse(false);
    }
}
