package io.x402compute.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * One function: its handler, its log, and a role of its own that allows what it needs and nothing else. It is called through
 * the alias {@code live}, because only published versions are restored from a snapshot; {@code $LATEST} never is.
 */
final class ComputeFunction extends Construct {
    private static final String ALIAS = "live";

    private final Function function;
    private final Alias live;

    ComputeFunction(Construct scope, Class<?> handler, Code code, Duration timeout, Need... needs) {
        super(scope, handler.getSimpleName());
        LogGroup log = LogGroup.Builder.create(this, "Log")
                .retention(RetentionDays.ONE_MONTH)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        Need need = Stream.of(needs).reduce(Need.NOTHING, Need::and);
        function = Function.Builder.create(this, "Default")
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .memorySize(1024)
                .timeout(timeout)
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .code(code)
                .handler(handler.getName() + "::handleRequest")
                .environment(need.environment())
                .role(role(log, need))
                .logGroup(log)
                .build();
        Annotations.of(function)
                .acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish",
                        "the alias below publishes versions");
        Acknowledged.finding(function, "Serverless-LambdaTracing",
                "an HTTP API starts no trace, and sending one takes a grant on *; logs carry the request id");
        Acknowledged.finding(function, "Serverless-LambdaDLQ",
                "no event is worth keeping: the gateway's caller is told, the next tick does a failed one's work, and a queue keeps what is its own");
        live = Alias.Builder.create(this, "Live").aliasName(ALIAS).version(function.getCurrentVersion()).build();
    }

    /** What routes and rules call. */
    IFunction live() {
        return live;
    }

    /** Itself, for what is counted of it. */
    IFunction function() {
        return function;
    }

    private Role role(LogGroup log, Need need) {
        List<PolicyStatement> statements = new ArrayList<>(need.statements());
        statements.addAll(
                Need.allow(List.of("logs:CreateLogStream", "logs:PutLogEvents"), log.getLogGroupArn()).statements());
        PolicyDocument allowed = PolicyDocument.Builder.create().statements(statements).build();
        return Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .inlinePolicies(Map.of("Needs", allowed))
                .build();
    }
}
