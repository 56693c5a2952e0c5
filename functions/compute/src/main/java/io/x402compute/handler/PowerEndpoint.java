package io.x402compute.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.access.CallKind;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.RequestBody;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.MachineOperations;
import io.x402compute.instance.Operation;
import io.x402compute.instance.OperationKind;
import io.x402compute.instance.OperationResult;
import io.x402compute.x402.protocol.Wallet;

/** A route that switches one of the caller's machines on or off. None of them changes when its prepaid time is over. */
abstract class PowerEndpoint extends WalletEndpoint {
    private final OperationKind kind;
    private final OwnedInstances owned;
    private final MachineOperations operations;

    PowerEndpoint(Application application, OperationKind kind) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.WRITES);
        this.kind = kind;
        owned = new MachineServices(application).ownedInstances();
        operations = new MachineServices(application).machineOperations();
    }

    @Override
    final ApiResponse handle(ApiRequest request, Wallet caller) {
        Instance instance = owned.find(request.pathParameter("id"), caller);
        // Nothing is asked for in it, but what is no JSON was meant for something else.
        RequestBody.of(request);
        return switch (operations.power(instance, kind, request.deadline())) {
            case OperationResult.Taken(Instance after, Operation operation) -> render(after, operation);
            case OperationResult.Refused(String code) -> throw OperationAnswers.refused(code);
            case OperationResult.Occupied(Operation pending) -> throw OperationAnswers.occupied(pending);
            case OperationResult.NotActive(InstanceState state) -> throw OperationAnswers.notActive(state);
        };
    }

    private ApiResponse render(Instance instance, Operation operation) {
        ObjectNode body = OwnedInstances.render(instance).body().put("success", OperationAnswers.isTaken(operation));
        if (kind == OperationKind.STOP) {
            body.put("message", "A stopped machine costs the same: its prepaid time goes on, and it is destroyed at "
                    + instance.expiresAt() + " unless it is extended");
        }
        return OperationAnswers.render(body, operation);
    }
}
