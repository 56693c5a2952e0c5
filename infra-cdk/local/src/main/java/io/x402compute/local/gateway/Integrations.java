package io.x402compute.local.gateway;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.x402compute.local.function.FunctionRuntime;
import io.x402compute.local.function.FunctionRuntime.Outcome;
import io.x402compute.local.template.Route;

/**
 * From a route to its function. The gateway stops waiting at the integration's timeout; the function is not told, and
 * goes on.
 */
final class Integrations {
    private final FunctionRuntime functions;

    Integrations(FunctionRuntime functions) {
        this.functions = functions;
    }

    GatewayAnswer call(Route route, byte[] event) {
        Optional<GatewayAnswer> refusal = GatewayLimits.refusal(event);
        return refusal.isPresent() ? refusal.get() : await(route, event);
    }

    private GatewayAnswer await(Route route, byte[] event) {
        FutureTask<Outcome> invocation = new FutureTask<>(() -> functions.invoke(route.functionId(), event));
        Thread.ofVirtual().start(invocation);
        try {
            return GatewayAnswer.of(invocation.get(route.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return GatewayAnswer.serviceUnavailable();
        } catch (ExecutionException e) {
            return GatewayAnswer.internalServerError(); // the runtime could not run it at all
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return GatewayAnswer.serviceUnavailable();
        }
    }
}
