package io.x402compute.stack;

import java.util.List;

import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;

/** What an operator decides who sells single calls of models; without these settings the catalogue has nothing that can be had. */
final class InferenceSettings {
    private static final String BASE = OperatorSettings.URL.replace("[^\\s?#]", "[^\\s?#,]");
    private static final String UPSTREAM = "[a-z][a-z0-9-]*=(" + BASE + ")";

    private final CfnParameter upstreams;
    private final CfnParameter secret;
    private final CfnCondition hasKeys;
    /** A statement needs a resource even where there are no keys. */
    private final String nothing;

    InferenceSettings(Stack stack) {
        upstreams = OperatorSettings.text(stack, "InferenceUpstreams",
                "Who runs models, as name=base URL with commas between; names are openai, vultr and jobs; empty: nobody")
                .defaultValue("")
                .allowedPattern("^(|" + UPSTREAM + "(," + UPSTREAM + ")*)$")
                .build();
        secret = OperatorSettings.text(stack, "InferenceSecret",
                "ARN of a secret with their keys, as a JSON object by name; empty where none has a key")
                .defaultValue("")
                .allowedPattern(OperatorSettings.NO_SECRET_OR_ARN)
                .build();
        hasKeys = CfnCondition.Builder.create(stack, "HasInferenceKeys")
                .expression(Fn.conditionNot(Fn.conditionEquals(secret.getValueAsString(), "")))
                .build();
        nothing = stack.formatArn(ArnComponents.builder()
                .service("secretsmanager")
                .resource("secret")
                .resourceName("no-inference-keys")
                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                .build());
    }

    /** What there is: enough to say a price. */
    Need catalogue() {
        return variable("INFERENCE_UPSTREAMS", upstreams);
    }

    /** What is needed to ask them. */
    Need calls() {
        String readable = Fn.conditionIf(hasKeys.getLogicalId(), secret.getValueAsString(), nothing).toString();
        return catalogue().and(variable("INFERENCE_SECRET", secret))
                .and(Need.allow(List.of("secretsmanager:GetSecretValue"), readable));
    }

    private static Need variable(String name, CfnParameter setting) {
        return Need.variable(name, setting.getValueAsString());
    }
}
