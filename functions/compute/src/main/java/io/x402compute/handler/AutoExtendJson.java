package io.x402compute.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.Json;
import io.x402compute.instance.AutoExtend;
import io.x402compute.instance.AutoExtendFailure;
import io.x402compute.instance.Instance;

/** What an owner wants done before the lease ends, and where it stands. */
final class AutoExtendJson {
    private AutoExtendJson() {}

    static ObjectNode of(Instance instance, AutoExtend wanted) {
        ObjectNode json = Json.object()
                .put("enabled", wanted.enabled())
                .put("extend_hours", wanted.terms().hours())
                .put("max_total", Dollars.of(wanted.terms().ceiling()))
                .put("spent", Dollars.of(wanted.spent()));
        wanted.next().filter(_ -> instance.state().isLive()).ifPresent(next -> json.putObject("next")
                .put("at", next.at().toString())
                .put("amount", Dollars.of(next.amount())));
        wanted.failure().map(AutoExtendFailure::code).ifPresent(code -> json.put("failure", code));
        return json;
    }
}
