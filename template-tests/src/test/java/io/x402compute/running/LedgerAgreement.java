package io.x402compute.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import io.x402compute.local.LocalCloud;
import io.x402compute.local.provider.SimulatedMachine;

/**
 * That the provider's list and the ledger agree: each of our machines on the bill has an instance that is not closed and is its
 * own, no instance has two, and none that its owner believes to have has lost its machine.
 */
final class LedgerAgreement {
    private final List<SimulatedMachine> ours;
    private final Map<String, Map<String, AttributeValue>> rows = new HashMap<>();
    private final List<String> disagreements = new ArrayList<>();

    private LedgerAgreement(LocalCloud cloud) {
        String table = instancesTable(cloud);
        String tag = tag(table);
        ours = cloud.provider().liveMachines().stream()
                .filter(machine -> machine.tags().stream().anyMatch(tag::equalsIgnoreCase)).toList();
        cloud.tables().scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
                .filter(item -> item.containsKey("state"))
                .forEach(row -> rows.put(row.get("id").s(), row));
    }

    static void assertHolds(LocalCloud cloud) {
        LedgerAgreement agreement = new LedgerAgreement(cloud);
        agreement.compareMachines();
        agreement.compareRows();
        assertThat(agreement.disagreements)
                .as("where the provider's list and the ledger disagree: a test that is about that has to set it right")
                .isEmpty();
    }

    /** What each machine of that run carries. */
    static String tag(LocalCloud cloud) {
        return tag(instancesTable(cloud));
    }

    private static String tag(String table) {
        return "x402compute:" + table;
    }

    static String instancesTable(LocalCloud cloud) {
        return cloud.tables().listTables().tableNames().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("instances")).findFirst().orElseThrow();
    }

    private void compareMachines() {
        Map<String, SimulatedMachine> firsts = new HashMap<>();
        for (SimulatedMachine machine : ours) {
            Optional<Map<String, AttributeValue>> row = rowOf(machine);
            if (row.isEmpty()) {
                disagreements.add(machine + " has no instance");
                continue;
            }
            String id = row.get().get("id").s();
            String state = row.get().get("state").s();
            if (List.of("DESTROYED", "EXPIRED", "FAILED").contains(state)) {
                disagreements.add(machine + " is alive, and its instance " + id + " is " + state);
            }
            Optional<String> own = providerId(row.get());
            if (own.isPresent() && !own.get().equals(machine.id())) {
                disagreements.add(machine + " is not the machine of its instance " + id + ", which is " + own.get());
            }
            SimulatedMachine first = firsts.putIfAbsent(id, machine);
            if (first != null) {
                disagreements.add(machine + " is a second machine of instance " + id + " beside " + first.id());
            }
        }
    }

    private void compareRows() {
        List<String> alive = ours.stream().map(SimulatedMachine::id).toList();
        rows.forEach((id, row) -> {
            boolean live = List.of("PROVISIONING", "ACTIVE").contains(row.get("state").s());
            providerId(row).filter(machine -> live && !alive.contains(machine)).ifPresent(machine -> disagreements.add(
                    "instance " + id + " is " + row.get("state").s() + ", and its machine " + machine + " is gone"));
        });
    }

    private Optional<Map<String, AttributeValue>> rowOf(SimulatedMachine machine) {
        return machine.tags().stream().map(tag -> tag.toLowerCase(Locale.ROOT)).filter(tag -> tag.startsWith("op-"))
                .map(tag -> rows.get(tag.substring(3)))
                .flatMap(row -> Optional.ofNullable(row).stream()).findFirst();
    }

    private static Optional<String> providerId(Map<String, AttributeValue> row) {
        return Optional.ofNullable(row.get("provider_id")).map(AttributeValue::s);
    }
}
