package io.x402compute.store;

import java.time.Instant;
import java.util.Optional;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of one partition of a table or an index, in the order of their sort key. Immutable.
 *
 * @param after the key of the item to begin behind: its own, and the index's
 * @param limit how many items at most; all pages are read until then
 */
public record Query(
        String partitionName,
        String partition,
        Optional<String> index,
        Optional<Range> range,
        boolean descending,
        Optional<Item> after,
        int limit) {

    /** Which sort keys: those that compare with that value as the sign says. */
    record Range(String name, String sign, AttributeValue value) {}

    public static Query of(String partitionName, String partition) {
        return new Query(partitionName, partition, Optional.empty(), Optional.empty(), false,
                Optional.empty(), Integer.MAX_VALUE);
    }

    /** Reads an index instead of the table; what it shows may be a moment old. */
    public Query onIndex(String name) {
        return new Query(partitionName, partition, Optional.of(name), range, descending, after, limit);
    }

    /** Only what is sorted up to that instant, including it. */
    public Query upTo(String sortName, Instant latest) {
        return new Query(partitionName, partition, index, Optional.of(new Range(sortName, " <= ", Values.of(latest))),
                descending, after, limit);
    }

    /** Only what has that sort key. */
    public Query at(String sortName, String value) {
        return new Query(partitionName, partition, index, Optional.of(new Range(sortName, " = ", Values.of(value))),
                descending, after, limit);
    }

    /** Only what is sorted before that. */
    public Query before(String sortName, String value) {
        return new Query(partitionName, partition, index, Optional.of(new Range(sortName, " < ", Values.of(value))),
                descending, after, limit);
    }

    public Query newestFirst() {
        return new Query(partitionName, partition, index, range, true, after, limit);
    }

    /** Only what comes behind that item, which need not be there any more. */
    public Query after(Item key) {
        return new Query(partitionName, partition, index, range, descending, Optional.of(key), limit);
    }

    public Query limit(int most) {
        return new Query(partitionName, partition, index, range, descending, after, most);
    }
}
