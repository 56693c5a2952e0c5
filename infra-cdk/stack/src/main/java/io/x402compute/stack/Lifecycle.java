package io.x402compute.stack;

import static io.x402compute.stack.ItemAction.DELETE_ITEM;
import static io.x402compute.stack.ItemAction.GET_ITEM;
import static io.x402compute.stack.ItemAction.PUT_ITEM;
import static io.x402compute.stack.ItemAction.QUERY;
import static io.x402compute.stack.ItemAction.UPDATE_ITEM;

import java.util.ArrayList;
import java.util.List;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

import io.x402compute.handler.ExpireInstances;
import io.x402compute.handler.ReconcileProvider;
import io.x402compute.handler.RefreshCatalog;
import io.x402compute.handler.RefreshModels;
import io.x402compute.handler.ResumeOrders;
import io.x402compute.handler.WatchAccounts;

/**
 * The scheduled functions. Each does all that is due, whenever it runs, so a failed run is not repeated: the next tick does
 * its work, and repeats would only pile up behind an outage. A tick that never reached its function is kept for 14 days.
 */
final class Lifecycle extends Construct {
    private static final Duration MINUTE = Duration.minutes(1);
    private static final int DELIVERY_RETRIES = 2;

    private final Code code;
    private final Queue undelivered;
    private final List<Scheduled> schedules = new ArrayList<>();

    Lifecycle(
            Construct scope,
            String id,
            Code code,
            OperatorSettings settings,
            Storage storage,
            Secrets secrets,
            DomainEvents events,
            JobQueue jobs) {
        super(scope, id);
        this.code = code;
        undelivered = Queue.Builder.create(this, "UndeliveredTicks")
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
        String end = "this is the dead-letter queue, of the rules below";
        Acknowledged.finding(undelivered, "AwsSolutions-SQS3", end);
        Acknowledged.finding(undelivered, "Serverless-SQSRedrivePolicy", end);
        Need provider = secrets.providerKey().and(settings.provider());
        // What is left of the time of a machine that is given up goes back to its owner.
        Need endings = provider.and(storage.credits().allow(PUT_ITEM, UPDATE_ITEM));

        // An extension that is paid with credit is only ordered; whoever resumes orders spends the credit.
        Need extensions = settings.terms()
                .and(settings.limits())
                .and(storage.catalog().allow(GET_ITEM))
                .and(storage.payments().allow(GET_ITEM, PUT_ITEM))
                .and(storage.credits().allow(GET_ITEM));

        schedule(
                MINUTE, Duration.seconds(55), ExpireInstances.class, endings, extensions, events.publish(),
                storage.instances().allow(GET_ITEM, PUT_ITEM), storage.instances().allowQueryOf(Storage.DUE));
        schedule(
                MINUTE, Duration.seconds(55), ResumeOrders.class, provider, events.publish(),
                settings.settlement(secrets.settlementKeyId()), settings.forOthers().service(), settings.limits(),
                secrets.settlementKey(),
                settings.refunds(secrets.settlementKeyId()),
                secrets.passwordKey(),
                storage.payments().allow(GET_ITEM, PUT_ITEM, UPDATE_ITEM),
                storage.payments().allowQueryOf(Storage.STUCK), storage.instances().allow(GET_ITEM, PUT_ITEM),
                storage.credits().allow(PUT_ITEM, UPDATE_ITEM),
                // Runs that were paid and not begun are left to the queue.
                storage.jobs().allow(GET_ITEM, PUT_ITEM), storage.jobs().allowQueryOf(Storage.DUE), jobs.send());
        schedule(
                Duration.minutes(10), Duration.minutes(5), ReconcileProvider.class, endings, events.publish(),
                storage.instances().allow(GET_ITEM, PUT_ITEM), storage.instances().allowQueryOf(Storage.DUE));
        schedule(
                Duration.minutes(5), Duration.minutes(2), RefreshCatalog.class, provider, settings.pricing(),
                storage.catalog().allow(QUERY, PUT_ITEM, DELETE_ITEM));
        schedule(
                Duration.hours(1), Duration.minutes(2), RefreshModels.class, settings.inference().calls(),
                storage.catalog().allow(QUERY, PUT_ITEM));
        schedule(
                Duration.minutes(5), Duration.seconds(30), WatchAccounts.class, provider,
                storage.catalog().allow(GET_ITEM));
    }

    /** All of them. */
    List<Scheduled> schedules() {
        return List.copyOf(schedules);
    }

    /** Where ticks are kept that never reached their function. */
    Queue undelivered() {
        return undelivered;
    }

    private void schedule(Duration period, Duration timeout, Class<?> handler, Need... needs) {
        ComputeFunction function = new ComputeFunction(this, handler, code, timeout, needs);
        schedules.add(new Scheduled(handler, period, function.function()));
        function.live()
                .configureAsyncInvoke(EventInvokeConfigOptions.builder().retryAttempts(0).maxEventAge(period).build());
        Acknowledged.finding(function.live().getNode().findChild("EventInvokeConfig"),
                "Serverless-LambdaAsyncFailureDestination",
                "a tick carries nothing, and the next one does its work; failures are counted as the function's errors");
        LambdaFunction target = LambdaFunction.Builder.create(function.live())
                .retryAttempts(DELIVERY_RETRIES)
                .maxEventAge(period)
                .deadLetterQueue(undelivered)
                .build();
        Rule.Builder.create(this, handler.getSimpleName() + "Rule")
                .schedule(Schedule.rate(period))
                .targets(List.of(target))
                .build();
    }
}
