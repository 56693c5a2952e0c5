package io.x402compute.stack;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.lambda.CfnVersion;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** Everything one operator runs. */
public final class X402ComputeStack extends Stack {
    private static final Set<String> UNNAMED = Set.of("Default", "Resource");

    public X402ComputeStack(Construct scope, String id, Code code) {
        super(scope, id, properties());
        OperatorSettings settings = new OperatorSettings(this);
        Storage storage = new Storage(this, "Storage");
        Secrets secrets = new Secrets(this, "Secrets");
        DomainEvents events = new DomainEvents(this, "DomainEvents");
        JobQueue jobs = new JobQueue(this, "Jobs", JobWorker.TIMEOUT);
        Api api = new Api(this, "Api");
        new Endpoints(this, "Endpoints", code, settings, storage, secrets, jobs, api);
        Lifecycle lifecycle = new Lifecycle(this, "Lifecycle", code, settings, storage, secrets, events, jobs);
        new JobWorker(this, "JobWorker", code, settings, storage, jobs);
        AlarmTopic alarms = new AlarmTopic(this, "AlarmMessages", settings);
        new Alarms(this, "Alarms", lifecycle.schedules(), lifecycle.undelivered(), jobs, alarms.action());

        output("ApiUrl", "Where agents send their requests", api.url());
        output("EventBusName", "Where domain events are published", events.busName());
        output("ProviderSecret", "Fill it with the Vultr API key, as plain text", secrets.providerKeyId());
        output("SettlementSecret", "Fill it with the settling private key, 0x hex, as plain text",
                secrets.settlementKeyId());
        output("AlarmTopicArn", "Where alarms are sent; anything may subscribe", alarms.arn());
        output("InstancesTableName", "Machines, and what their leases are", storage.instances().name());
        output("PaymentsTableName", "Payments, and what became of their orders", storage.payments().name());
        output("CreditsTableName", "What wallets were given back", storage.credits().name());
        output("UndeliveredTicksUrl", "Ticks that never reached their function", lifecycle.undelivered().getQueueUrl());
        nameElements();
    }

    /**
     * Gives every element the path of its construct as id, without the concern and without a hash: people can read it, and a
     * table that moves to another concern is not replaced. CDK refuses two elements of the same id. A function's version
     * keeps CDK's own id, which has to change with the code.
     */
    private void nameElements() {
        for (IConstruct construct : getNode().findAll()) {
            if (construct instanceof CfnElement element && !(construct instanceof CfnVersion)) {
                element.overrideLogicalId(readableId(element.getNode().getPath()));
            }
        }
    }

    private static String readableId(String path) {
        String[] names = path.split("/", -1);
        int own = names.length > 2 ? 2 : 1;
        return Arrays.stream(names, own, names.length)
                .filter(name -> !UNNAMED.contains(name))
                .map(name -> name.replaceAll("[^A-Za-z0-9]", ""))
                .collect(Collectors.joining());
    }

    private void output(String id, String description, String value) {
        CfnOutput.Builder.create(this, id).description(description).value(value).build();
    }

    private static StackProps properties() {
        return StackProps.builder()
                .description("x402Compute: GPU machines for USDC, paid per use")
                // Without the sweeper, machines outlive what was paid for: no accidental `cdk destroy`.
                .terminationProtection(true)
                // The CLI checks the bootstrap version itself; the rule would add a parameter that no operator sets.
                .synthesizer(DefaultStackSynthesizer.Builder.create().generateBootstrapVersionRule(false).build())
                .build();
    }
}
