package io.x402compute.stack;

import java.util.List;
import java.util.Map;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.Stats;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

import io.x402compute.handler.ExpireInstances;
import io.x402compute.handler.ReconcileProvider;
import io.x402compute.handler.ResumeOrders;
import io.x402compute.handler.WatchAccounts;
import io.x402compute.metric.Metric;
import io.x402compute.metric.MetricLine;

/**
 * An alarm for everything that can be stuck, and for every schedule that would notice. Each has its section in the runbook. What is
 * done within a run or two is left alone; the times are those after which nothing explains it any more.
 */
final class Alarms extends Construct {
    private static final Duration MINUTE = Duration.minutes(1);
    private static final Duration FIVE_MINUTES = Duration.minutes(5);
    /** Longer than any schedule's period: there is a number in each. */
    private static final Duration QUARTER = Duration.minutes(15);
    /** One slow run, or one lost line, is no trouble yet. */
    private static final int IN_A_ROW = 3;

    /** The chain answers within seconds, and is asked every half minute. */
    private static final Duration SETTLED_BY = Duration.minutes(5);
    /** A machine that does not boot is given up after 20 minutes, and its order given back. */
    private static final Duration DELIVERED_BY = Duration.minutes(25);
    /** What became owed after all that waiting is given back within a run, on a slow chain within minutes. */
    private static final Duration REFUNDED_BY = Duration.minutes(45);
    /** A refund of a payment that arrived a day late is old from its first minute: it has these to get through. */
    private static final int REFUND_MINUTES = 10;
    /** The sweep comes every minute, and waits up to five for an extension that is being paid. */
    private static final Duration ENDED_BY = Duration.minutes(5);
    /** The provider has taken minutes to destroy a machine, never half an hour. */
    private static final Duration GONE_BY = Duration.minutes(30);
    /** An entry in a table: it takes a run, or two. */
    private static final Duration GIVEN_BACK_BY = Duration.minutes(5);
    private static final Duration PUBLISHED_BY = Duration.minutes(5);
    /** A message that fails has been put aside by then. */
    private static final Duration WORKED_ON_BY = Duration.minutes(40);
    /** Three refreshes have failed; after six the API calls itself unhealthy. */
    private static final Duration REFRESHED_BY = Duration.minutes(20);
    /** The dearest machine costs less than 24 dollars an hour: two hours of one are left. */
    private static final int LOW_CREDIT = 50;
    /** Eight hours of a purchase each minute, to fill it up in. */
    private static final int LOW_GAS = 500;
    /** A week of the dearest machine costs more: a refund of that size would have to wait. */
    private static final int LOW_REFUND_WALLET = 500;
    /** The line that tells of a refused machine has no function's name: any may have asked. */
    private static final String REFUSAL = "Provider";
    /** Single refusals are a plan that has just sold out. */
    private static final int MANY_REFUSALS = 5;

    private final IAlarmAction action;

    Alarms(Construct scope, String id, List<Scheduled> schedules, Queue undelivered, JobQueue jobs,
            IAlarmAction action) {
        super(scope, id);
        this.action = action;
        orders();
        machines();
        accounts();
        jobs(jobs);
        schedules.forEach(this::schedule);
        add(Alarm.atLeast(1, waiting(undelivered),
                "LostTicks", "A rule could not call its function; the ticks are kept in the queue."));
    }

    private void jobs(JobQueue jobs) {
        add(Alarm.atLeast(1, waiting(jobs.deadLetters()),
                "StrandedJobs", "Queued runs were tried again and again, and came to no end."));
        add(Alarm.moreThan(seconds(WORKED_ON_BY), jobs.queue().metricApproximateAgeOfOldestMessage(
                MetricOptions.builder().period(MINUTE).statistic(Stats.MAXIMUM).build()),
                "WaitingJobs", "Queued runs wait, and nobody works on them.").inARow(IN_A_ROW));
    }

    private static IMetric waiting(Queue kept) {
        return kept.metricApproximateNumberOfMessagesVisible(
                MetricOptions.builder().period(FIVE_MINUTES).statistic(Stats.MAXIMUM).build());
    }

    private void orders() {
        String resumer = ResumeOrders.class.getSimpleName();
        older(SETTLED_BY, resumer, Metric.OLDEST_UNSETTLED_CLAIM, IN_A_ROW,
                "UnsettledClaim", "A payment was taken in and cannot begin to settle.");
        older(SETTLED_BY, resumer, Metric.OLDEST_UNKNOWN_SETTLEMENT, IN_A_ROW,
                "UnknownSettlement", "Nobody can say whether a payer's money has moved.");
        older(DELIVERED_BY, resumer, Metric.OLDEST_UNDELIVERED_ORDER, IN_A_ROW,
                "UndeliveredOrder", "An order is paid and neither delivered nor given back.");
        older(REFUNDED_BY, resumer, Metric.OLDEST_OPEN_REFUND, REFUND_MINUTES,
                "OpenRefund", "Money that is owed back has not been given back.");
        older(PUBLISHED_BY, resumer, Metric.OLDEST_ORDER_EVENT, IN_A_ROW,
                "OrderEvents", "Events of orders are not taken by the event bus.");
    }

    private void machines() {
        String sweeper = ExpireInstances.class.getSimpleName();
        older(ENDED_BY, sweeper, Metric.OLDEST_DUE_LEASE, IN_A_ROW,
                "OverdueLease", "A lease is over and nobody has begun to end its machine.");
        older(GONE_BY, sweeper, Metric.OLDEST_ENDING_INSTANCE, IN_A_ROW,
                "EndingInstance", "A machine whose end was decided is still there, and costs money.");
        older(GIVEN_BACK_BY, sweeper, Metric.OLDEST_OWED_CREDIT, IN_A_ROW,
                "OwedCredit", "An owner has not been given back the unused time of a machine that was ended.");
        older(PUBLISHED_BY, sweeper, Metric.OLDEST_INSTANCE_EVENT, IN_A_ROW,
                "InstanceEvents", "Events of instances are not taken by the event bus.");
        String reconciler = ReconcileProvider.class.getSimpleName();
        add(Alarm.atLeast(1, metric(reconciler, Metric.ORPHAN_MACHINES, QUARTER, Stats.MINIMUM),
                "OrphanMachines", "A machine at the provider has no row that allows it, and is not going away.")
                .inARow(IN_A_ROW));
        add(Alarm.atLeast(1, metric(reconciler, Metric.RECONCILIATION_HALTED, QUARTER, Stats.MAXIMUM),
                "ReconciliationHalted", "Provider and ledger differ so much that no orphan is destroyed any more."));
    }

    private void accounts() {
        String watch = WatchAccounts.class.getSimpleName();
        lower(LOW_CREDIT, watch, Metric.PROVIDER_CREDIT, FIVE_MINUTES,
                "ProviderCredit", "The credit at the provider is nearly used up; then it makes no machine any more.");
        String resumer = ResumeOrders.class.getSimpleName();
        lower(LOW_GAS, resumer, Metric.PAYABLE_SETTLEMENTS, MINUTE,
                "SettlementGas", "The settling account can pay for few more transactions; then no payment settles.");
        lower(LOW_GAS, resumer, Metric.PAYABLE_SOLANA_SETTLEMENTS, MINUTE,
                "SolanaFees",
                "The fee payer on Solana can pay for few more transactions; then no payment settles there.");
        lower(LOW_REFUND_WALLET, resumer, Metric.REFUND_WALLET_BALANCE, MINUTE,
                "RefundWallet", "The wallet that refunds are paid from is nearly empty.");
        add(Alarm.moreThan(seconds(REFRESHED_BY), metric(watch, Metric.CATALOGUE_AGE, FIVE_MINUTES, Stats.MAXIMUM),
                "StaleCatalogue", "What is offered is not any more what the provider has."));
        add(Alarm.atLeast(1, metric(watch, Metric.PROVIDER_UNAUTHORIZED, FIVE_MINUTES, Stats.MAXIMUM),
                "ProviderUnauthorized", "The provider does not accept the key, or the address it is asked from."));
        add(Alarm.atLeast(1, metric(REFUSAL, Metric.UNAUTHORIZED_CREATES, FIVE_MINUTES, Stats.SUM),
                "UnauthorizedCreates", "A customer got no machine because the provider did not accept the key or the"
                        + " address."));
        add(Alarm.atLeast(MANY_REFUSALS, metric(REFUSAL, Metric.REFUSED_CREATES, QUARTER, Stats.SUM),
                "RefusedCreates", "The provider refuses one machine after the other."));
    }

    /** Silence shows in what only a run that came to its end leaves behind. */
    private void schedule(Scheduled schedule) {
        String name = schedule.name();
        MetricOptions summed = MetricOptions.builder().period(schedule.period()).statistic(Stats.SUM).build();
        add(Alarm.lessThan(1, metric(name, Metric.RUNS, schedule.period(), Stats.SUM),
                name + "Silent", name + " does not run, or does not come to its end.")
                .inARow(IN_A_ROW).missing(TreatMissingData.BREACHING).section("Silent"));
        add(Alarm.atLeast(1, schedule.function().metricErrors(summed),
                name + "Errors", name + " fails every time.").inARow(IN_A_ROW).section("Errors"));
        add(Alarm.atLeast(1, schedule.function().metricThrottles(summed),
                name + "Throttles", name + " is not let run: the account's concurrency is used up.").inARow(IN_A_ROW)
                .section("Throttles"));
    }

    private void older(Duration than, String route, Metric metric, int minutes, String id, String meaning) {
        add(Alarm.moreThan(seconds(than), metric(route, metric, MINUTE, Stats.MAXIMUM), id, meaning).inARow(minutes));
    }

    /** What cannot be read for a while is as it was: no answer does not fill an account. */
    private void lower(long than, String route, Metric metric, Duration period, String id, String meaning) {
        add(Alarm.lessThan(than, metric(route, metric, period, Stats.MINIMUM), id, meaning)
                .missing(TreatMissingData.IGNORE));
    }

    private void add(Alarm alarm) {
        alarm.build(this).addAlarmAction(action);
    }

    private static IMetric metric(String route, Metric metric, Duration period, String statistic) {
        return software.amazon.awscdk.services.cloudwatch.Metric.Builder.create()
                .namespace(MetricLine.NAMESPACE)
                .metricName(metric.wireName())
                .dimensionsMap(Map.of(MetricLine.DIMENSION, route))
                .period(period)
                .statistic(statistic)
                .build();
    }

    private static long seconds(Duration duration) {
        return duration.toSeconds().longValue();
    }
}
