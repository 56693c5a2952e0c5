package io.x402compute.local.template;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The names that resources get here in place of those that CloudFormation would generate, and the ARNs made of them.
 */
final class PhysicalNames {
    static final String REGION = "us-east-1";
    static final String ACCOUNT = "000000000000";
    private static final String SECRET = "AWS::SecretsManager::Secret";

    private final Intrinsics intrinsics;

    PhysicalNames(Intrinsics intrinsics) {
        this.intrinsics = intrinsics;
    }

    /** What {@code Ref} gives. */
    String reference(String id, JsonNode resource) {
        return switch (type(resource)) {
            case SECRET, "AWS::Lambda::Version", "AWS::Lambda::Alias" -> arn(id, resource);
            case "AWS::SQS::Queue" -> "https://sqs." + REGION + ".amazonaws.com/" + ACCOUNT + "/" + name(id, resource);
            default -> name(id, resource);
        };
    }

    /** What {@code Fn::GetAtt} gives. */
    String attribute(String id, String attribute, JsonNode resource) {
        return switch (attribute) {
            case "Arn" -> arn(id, resource);
            case "Id" -> reference(id, resource);
            case "Name", "QueueName" -> name(id, resource);
            case "Version" -> "1";
            default -> throw new UnsupportedTemplateException("attribute " + attribute + " of " + type(resource));
        };
    }

    private String arn(String id, JsonNode resource) {
        String name = name(id, resource);
        return switch (type(resource)) {
            case "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable" -> arnOf("dynamodb", "table/" + name);
            case "AWS::Lambda::Function" -> arnOf("lambda", "function:" + name);
            case "AWS::Lambda::Version" -> functionOf(resource) + ":1";
            case "AWS::Lambda::Alias" -> functionOf(resource) + ":" + name;
            case "AWS::Events::EventBus" -> arnOf("events", "event-bus/" + name);
            case "AWS::Events::Rule" -> arnOf("events", "rule/" + name);
            case "AWS::IAM::Role" -> "arn:aws:iam::" + ACCOUNT + ":role/" + name;
            case "AWS::Logs::LogGroup" -> arnOf("logs", "log-group:" + name + ":*");
            case "AWS::SQS::Queue" -> arnOf("sqs", name);
            case "AWS::SNS::Topic" -> arnOf("sns", name);
            case SECRET -> arnOf("secretsmanager", "secret:" + name);
            default -> throw new UnsupportedTemplateException("the ARN of " + type(resource));
        };
    }

    private String functionOf(JsonNode versionOrAlias) {
        String function = intrinsics.text(versionOrAlias.path("Properties").path("FunctionName"));
        return function.startsWith("arn:") ? function : arnOf("lambda", "function:" + function);
    }

    private String name(String id, JsonNode resource) {
        JsonNode properties = resource.path("Properties");
        String property = switch (type(resource)) {
            case "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable" -> "TableName";
            case "AWS::Lambda::Function" -> "FunctionName";
            case "AWS::IAM::Role" -> "RoleName";
            case "AWS::Logs::LogGroup" -> "LogGroupName";
            case "AWS::SQS::Queue" -> "QueueName";
            case "AWS::SNS::Topic" -> "TopicName";
            default -> "Name";
        };
        return properties.has(property) ? intrinsics.text(properties.get(property)) : id;
    }

    static String arnOf(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }

    private static String type(JsonNode resource) {
        return resource.path("Type").asText();
    }
}
