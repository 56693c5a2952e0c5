package io.x402compute.handler;

import java.util.Map;

import io.x402compute.access.CallKind;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceCreator;
import io.x402compute.instance.MachineOperations;
import io.x402compute.x402.protocol.Wallet;

/** {@code GET /compute/instances/{id}}: one of the caller's machines. While it boots, or something is
 * done to it, asking is what brings news. */
public final class GetInstance extends WalletEndpoint {
    private final OwnedInstances owned;
    private final InstanceCreator creator;
    private final MachineOperations operations;

    public GetInstance() {
        this(System.getenv());
    }

    public GetInstance(Map<String, String> environment) {
        this(new Application(environment));
    }

    GetInstance(Application application) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.READS);
        owned = new MachineServices(application).ownedInstances();
        creator = new MachineServices(application).instanceCreator();
        operations = new MachineServices(application).machineOperations();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        Instance instance = owned.find(request.pathParameter("id"), caller);
        Instance up = creator.bringUp(instance, request.deadline());
        return OwnedInstances.render(operations.attend(up, request.deadline()));
    }

    @Override
    protected void prime() {
        rehearse(new GetInstance(application().rehearsal()), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED,
                "");
    }
}
