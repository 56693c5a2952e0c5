package io.x402compute.running;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.x402compute.local.LocalCloud;
import io.x402compute.local.aws.Capacity;
import io.x402compute.local.aws.CapacityMeter.Use;

/** Which units of DynamoDB were used for what: rows of a table for people. */
final class UsedUnits {
    private final LocalCloud cloud;
    private final List<Row> rows = new ArrayList<>();

    /**
     * What something used.
     *
     * @param what it was
     * @param uses where the units went
     */
    record Row(String what, Map<Use, Capacity> uses) {
        Capacity total() {
            return uses.values().stream().reduce(Capacity.NONE, Capacity::plus);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "| %-58s | %6.1f | %6.1f |", what, total().read(), total().write());
        }

        /** Where the units went, biggest first. */
        String details() {
            return uses.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(use -> String.format(Locale.ROOT, "    %-18s %-18s %-60s %5.1f %5.1f", use.getKey().function(),
                            use.getKey().operation(), use.getKey().place(), use.getValue().read(),
                            use.getValue().write()))
                    .collect(Collectors.joining("\n"));
        }
    }

    UsedUnits(LocalCloud cloud) {
        this.cloud = cloud;
    }

    /** Does something and adds a row for what functions used meanwhile. */
    Row of(String what, Runnable work) {
        Map<Use, Capacity> before = cloud.capacity().used();
        work.run();
        Map<Use, Capacity> used = new TreeMap<>(cloud.capacity().used());
        used.replaceAll((use, capacity) -> capacity.minus(before.getOrDefault(use, Capacity.NONE)));
        used.values().removeIf(Capacity.NONE::equals);
        Row row = new Row(what, used);
        rows.add(row);
        return row;
    }

    /** The same for one function of those that work meanwhile. */
    Row of(String what, String function, Runnable work) {
        Row all = of(what, work);
        rows.remove(all);
        Row row = new Row(what, all.uses().entrySet().stream().filter(use -> use.getKey().function().equals(function))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        rows.add(row);
        return row;
    }

    /** The functions that have used anything in any row. */
    Set<String> functions() {
        return rows.stream().flatMap(row -> row.uses().keySet().stream()).map(Use::function)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All rows, and with {@code -Dunits.details} where the units of each went. */
    @Override
    public String toString() {
        boolean details = System.getProperty("units.details") != null;
        return "| %-58s | %6s | %6s |%n".formatted("DynamoDB units", "read", "write")
                + rows.stream().map(row -> details ? row + "\n" + row.details() : row.toString())
                        .collect(Collectors.joining("\n"));
    }
}
