package io.x402compute.handler;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.RequestBody;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceFilter;
import io.x402compute.instance.InstanceState;
import io.x402compute.x402.protocol.Wallet;

/** Which instances a query asks for. */
final class InstanceQuery {
    private static final int TEXT = 128;
    /** An end that was decided is what clients see, however long it takes. */
    private static final Set<InstanceState> SHOWN = EnumSet.complementOf(EnumSet.of(InstanceState.TERMINATING));

    private InstanceQuery() {}

    static ListQuery of(ApiRequest request, Wallet owner) {
        return ListQuery.of(request, owner, "status", "plan", "region", "label");
    }

    /** @throws ApiException 400 {@code invalid_field} */
    static Optional<Predicate<Instance>> filter(RequestBody query) {
        InstanceFilter filter = new InstanceFilter(
                query.optionalText("status", TEXT).map(InstanceQuery::states).orElse(Set.of()),
                query.optionalText("plan", TEXT),
                query.optionalText("region", TEXT),
                query.optionalText("label", TEXT));
        return filter.isPresent() ? Optional.of(filter) : Optional.empty();
    }

    private static Set<InstanceState> states(String words) {
        Set<InstanceState> states = EnumSet.noneOf(InstanceState.class);
        for (String word : words.split(",", -1)) {
            states.addAll(word.equals("live")
                    ? EnumSet.of(InstanceState.PROVISIONING, InstanceState.ACTIVE)
                    : EnumSet.of(state(word)));
        }
        return states;
    }

    private static InstanceState state(String word) {
        return SHOWN.stream().filter(state -> state.wireName().equals(word)).findFirst()
                .orElseThrow(() -> ApiException.invalidField("status",
                        "may have provisioning, active, destroyed, expired, failed, and live for the first two"));
    }
}
