package io.x402compute.stack;

import java.util.List;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.constructs.Construct;

/**
 * The tables: paid for by request, encrypted, restorable to any second of the last 35 days, and outliving the stack, because
 * they say who paid for what. Instants are numbers of epoch milliseconds.
 */
final class Storage extends Construct {
    /** Instances, orders, API keys, and entries of credit, of a wallet, newest or oldest first. */
    static final String OWNER = "owner";
    /** Sparse: instances that will have to be ended, and jobs that may have to be sent into the queue again, in shards, by when. */
    static final String DUE = "due";
    /** Sparse: payments that are not final, in shards, by when to look again. */
    static final String STUCK = "stuck";

    private final StoredTable instances;
    private final StoredTable payments;
    private final StoredTable credits;
    private final StoredTable apiKeys;
    private final StoredTable nonces;
    private final StoredTable catalog;
    private final StoredTable jobs;

    Storage(Construct scope, String id) {
        super(scope, id);
        Table instanceTable = table("InstancesTable").partitionKey(text("id")).build();
        // Of an instance only what never changes, so that it is written once; of an event, which is never changed, all.
        instanceTable.addGlobalSecondaryIndex(index(OWNER, number("created_at"))
                .projectionType(ProjectionType.INCLUDE).nonKeyAttributes(List.of("event")).build());
        addIndex(instanceTable, DUE, "due_at", ProjectionType.KEYS_ONLY);
        instances = new StoredTable(instanceTable, "INSTANCES_TABLE");

        Table paymentTable = table("PaymentsTable").partitionKey(text("key")).build();
        addIndex(paymentTable, STUCK, "stuck_at", ProjectionType.KEYS_ONLY);
        // Ids of orders begin with their time: by payer and age, and by payer and id. Written once an order.
        paymentTable.addGlobalSecondaryIndex(
                index(OWNER, text("order_id")).projectionType(ProjectionType.KEYS_ONLY).build());
        payments = new StoredTable(paymentTable, "PAYMENTS_TABLE");

        Table creditTable = table("CreditsTable").partitionKey(text("wallet")).sortKey(text("entry")).build();
        addIndex(creditTable, OWNER, "created_at", ProjectionType.ALL);
        credits = new StoredTable(creditTable, "CREDITS_TABLE");

        Table apiKeyTable = table("ApiKeysTable").partitionKey(text("hash")).build();
        addIndex(apiKeyTable, OWNER, "created_at", ProjectionType.ALL);
        apiKeys = new StoredTable(apiKeyTable, "API_KEYS_TABLE");
        // Epoch seconds, as DynamoDB wants them. It deletes days late: the functions compare the time themselves.
        nonces = new StoredTable(
                table("NoncesTable").partitionKey(text("nonce")).timeToLiveAttribute("expires_at").build(),
                "NONCES_TABLE");
        catalog = new StoredTable(
                table("CatalogTable").partitionKey(text("kind")).sortKey(text("id")).build(), "CATALOG_TABLE");

        // Epoch seconds, as those of nonces: what is over is deleted after a day, and what it has brought with it.
        Table jobTable = table("JobsTable").partitionKey(text("id")).timeToLiveAttribute("expires_at").build();
        addIndex(jobTable, DUE, "due_at", ProjectionType.KEYS_ONLY);
        jobs = new StoredTable(jobTable, "JOBS_TABLE");
    }

    StoredTable instances() {
        return instances;
    }

    StoredTable payments() {
        return payments;
    }

    StoredTable credits() {
        return credits;
    }

    StoredTable apiKeys() {
        return apiKeys;
    }

    StoredTable nonces() {
        return nonces;
    }

    StoredTable catalog() {
        return catalog;
    }

    StoredTable jobs() {
        return jobs;
    }

    private Table.Builder table(String id) {
        return Table.Builder.create(this, id)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .pointInTimeRecoverySpecification(
                        PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
                .encryption(TableEncryption.AWS_MANAGED)
                .deletionProtection(true)
                .removalPolicy(RemovalPolicy.RETAIN);
    }

    private static void addIndex(Table table, String name, String instant, ProjectionType projection) {
        table.addGlobalSecondaryIndex(index(name, number(instant)).projectionType(projection).build());
    }

    /** An index has the name of its partition key. */
    private static GlobalSecondaryIndexProps.Builder index(String name, Attribute sortKey) {
        return GlobalSecondaryIndexProps.builder().indexName(name).partitionKey(text(name)).sortKey(sortKey);
    }

    private static Attribute number(String name) {
        return Attribute.builder().name(name).type(AttributeType.NUMBER).build();
    }

    private static Attribute text(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
