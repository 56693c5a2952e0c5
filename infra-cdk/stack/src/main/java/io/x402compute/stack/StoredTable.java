package io.x402compute.stack;

import java.util.List;
import java.util.stream.Stream;

import software.amazon.awscdk.services.dynamodb.Table;

/**
 * A table as functions see it.
 *
 * @param variable the variable that carries its name
 */
record StoredTable(Table table, String variable) {

    /** These actions on the table itself, none of its indexes. */
    Need allow(ItemAction... actions) {
        return named().and(Need.allow(Stream.of(actions).map(ItemAction::action).toList(), table.getTableArn()));
    }

    /** Queries of this index only. */
    Need allowQueryOf(String index) {
        String arn = table.getTableArn() + "/index/" + index;
        return named().and(Need.allow(List.of(ItemAction.QUERY.action()), arn));
    }

    String name() {
        return table.getTableName();
    }

    private Need named() {
        return Need.variable(variable, table.getTableName());
    }
}
