package io.x402compute.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What has to be written so that one list becomes another.
 *
 * @param changed new ones, and those that are not as they were
 * @param gone those that are not in the new list
 */
record Difference<T>(List<T> changed, List<T> gone) {

    static <T> Difference<T> between(List<T> before, List<T> after, Function<T, ?> id) {
        Set<T> unchanged = new HashSet<>(before);
        Map<?, T> remaining = after.stream().collect(Collectors.toMap(id, each -> each));
        return new Difference<>(after.stream().filter(each -> !unchanged.contains(each)).toList(),
                before.stream().filter(each -> !remaining.containsKey(id.apply(each))).toList());
    }

    int size() {
        return changed.size() + gone.size();
    }

    void write(Consumer<T> save, Consumer<T> remove) {
        changed.forEach(save);
        gone.forEach(remove);
    }
}
