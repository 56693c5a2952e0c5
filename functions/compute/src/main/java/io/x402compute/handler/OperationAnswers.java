package io.x402compute.handler;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.http.ApiException;
import io.x402compute.http.ApiResponse;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.Operation;
import io.x402compute.instance.OperationKind;
import io.x402compute.instance.OperationPhase;

/** What the routes that have something done to a machine answer alike. */
final class OperationAnswers {
    /** Power shows after 4 to 19 seconds. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private OperationAnswers() {}

    /** 200 once the provider has taken it; 202 while that is not certain. */
    static ApiResponse render(ObjectNode body, Operation operation) {
        body.set("operation", OperationJson.of(operation));
        return switch (operation.phase()) {
            case ACCEPTED, DONE, FAILED -> ApiResponse.ok(body);
            case DEFERRED, SENT -> ApiResponse.of(202, body)
                    .withHeader(ApiException.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()));
        };
    }

    /** Whether the provider has taken it for certain. */
    static boolean isTaken(Operation operation) {
        return operation.phase() == OperationPhase.ACCEPTED || operation.phase() == OperationPhase.DONE;
    }

    /** @throws ApiException 409 unless something can be done to that machine now */
    static void requireFree(Instance instance) {
        if (instance.state() != InstanceState.ACTIVE) {
            throw notActive(instance.outcome());
        }
        instance.pendingOperation().ifPresent(pending -> {
            throw occupied(pending);
        });
    }

    static ApiException occupied(Operation pending) {
        return pending.kind() == OperationKind.RESIZE
                ? conflict("already_resizing", "The machine is being resized")
                : conflict("operation_in_progress",
                        "Something else is being done to the machine: " + pending.kind().wireName());
    }

    static ApiException notActive(InstanceState state) {
        return conflict("not_active", "The instance is " + state.wireName());
    }

    /** The provider's own words stay with the operator. */
    static ApiException refused(String code) {
        return switch (code) {
            case "no_capacity" -> ApiException.badRequest("out_of_stock",
                    "The provider has no such machine left in that region; nothing has changed");
            case "plan_refused" -> ApiException.badRequest("resize_not_possible",
                    "The provider does not move this machine to that plan; nothing has changed");
            default -> new ApiException(502, code, "The provider refused; nothing has changed");
        };
    }

    private static ApiException conflict(String code, String message) {
        return new ApiException(409, code, message);
    }
}
