package io.x402compute.stack;

import java.util.List;
import java.util.Map;

import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.CfnSubscription;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * Where alarms are sent. It has a key of its own: CloudWatch may not use the one that AWS keeps for topics, and an alarm would fail
 * to be sent without anybody hearing of that.
 */
final class AlarmTopic extends Construct {
    private final Topic topic;

    AlarmTopic(Construct scope, String id, OperatorSettings settings) {
        super(scope, id);
        Key key = Key.Builder.create(this, "AlarmKey")
                .description("Encrypts the messages of alarms on their way")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        key.addToResourcePolicy(byAlarms(List.of("kms:Decrypt", "kms:GenerateDataKey*"), "*"));
        topic = Topic.Builder.create(this, "AlarmTopic").masterKey(key).enforceSsl(true).build();
        topic.addToResourcePolicy(byAlarms(List.of("sns:Publish"), topic.getTopicArn()));
        subscribe(settings.alarmEmail());
    }

    IAlarmAction action() {
        return new SnsAction(topic);
    }

    String arn() {
        return topic.getTopicArn();
    }

    private void subscribe(String email) {
        CfnCondition given = CfnCondition.Builder.create(this, "AlarmEmailGiven")
                .expression(Fn.conditionNot(Fn.conditionEquals(email, "")))
                .build();
        CfnSubscription subscription = CfnSubscription.Builder.create(this, "AlarmSubscription")
                .topicArn(topic.getTopicArn())
                .protocol("email")
                .endpoint(email)
                .build();
        subscription.getCfnOptions().setCondition(given);
        Acknowledged.finding(subscription, "Serverless-SNSRedrivePolicy",
                "a mail that does not arrive is tried again by SNS, and the alarm's state stays to be seen in CloudWatch");
    }

    private static PolicyStatement byAlarms(List<String> actions, String resource) {
        return PolicyStatement.Builder.create()
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(actions)
                .resources(List.of(resource))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                .build();
    }
}
