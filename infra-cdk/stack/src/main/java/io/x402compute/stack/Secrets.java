package io.x402compute.stack;

import java.util.List;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.constructs.Construct;

/**
 * Two secrets that the operator fills after the first deployment. They are made empty: a generated value would look like
 * a key, be refused by the provider and hide what is missing. The other two are nobody's to know, and made with the stack; with
 * another value no API key would work any more, and no password could be revealed that was made before.
 */
final class Secrets extends Construct {
    /** Letters and digits: more than 256 bits. */
    private static final int GENERATED_LENGTH = 64;

    private final CfnSecret providerKey;
    private final CfnSecret settlementKey;
    private final CfnSecret apiKeyPepper;
    private final CfnSecret passwordKey;

    Secrets(Construct scope, String id) {
        super(scope, id);
        String byOperator = "issued elsewhere, to the operator, who replaces it with put-secret-value";
        providerKey = secret("ProviderKey", "Vultr API key, plain text", byOperator);
        settlementKey = secret("SettlementKey",
                "Private key that settles payments and pays their gas, 0x hex, plain text", byOperator);
        apiKeyPepper = generated("ApiKeyPepper", "Keys the hashes of API keys; another value ends every API key",
                "another value would end every API key of every customer");
        passwordKey = generated("PasswordKey",
                "Seals root passwords until they are revealed; another value loses those that are not",
                "another value would lose every password that was not yet revealed");
    }

    Need providerKey() {
        return readable("PROVIDER_SECRET", providerKeyId());
    }

    Need settlementKey() {
        return readable("SETTLEMENT_SECRET", settlementKeyId());
    }

    Need apiKeyPepper() {
        return readable("PEPPER_SECRET", apiKeyPepper.getRef());
    }

    Need passwordKey() {
        return readable("PASSWORD_SECRET", passwordKey.getRef());
    }

    String providerKeyId() {
        return providerKey.getRef();
    }

    String settlementKeyId() {
        return settlementKey.getRef();
    }

    private CfnSecret generated(String id, String description, String whyNotRotated) {
        CfnSecret secret = secret(id, description, whyNotRotated);
        secret.setGenerateSecretString(
                CfnSecret.GenerateSecretStringProperty.builder()
                        .passwordLength(GENERATED_LENGTH)
                        .excludePunctuation(true)
                        .build());
        return secret;
    }

    private CfnSecret secret(String id, String description, String whyNotRotated) {
        CfnSecret secret = CfnSecret.Builder.create(this, id).description(description).build();
        secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
        Acknowledged.finding(secret, "AwsSolutions-SMG4", whyNotRotated);
        return secret;
    }

    private static Need readable(String variable, String secretId) {
        return Need.variable(variable, secretId).and(Need.allow(List.of("secretsmanager:GetSecretValue"), secretId));
    }
}
