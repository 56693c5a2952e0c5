package io.x402compute.handler;

import java.util.Map;

import io.x402compute.access.CallKind;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.InstanceTerminator;
import io.x402compute.x402.protocol.Wallet;

/** {@code DELETE /compute/instances/{id}}: ends one of the caller's machines, now or as soon as the provider lets it go. */
public final class DestroyInstance extends WalletEndpoint {
    private final OwnedInstances owned;
    private final InstanceTerminator terminator;

    public DestroyInstance() {
        this(System.getenv());
    }

    public DestroyInstance(Map<String, String> environment) {
        this(new Application(environment));
    }

    DestroyInstance(Application application) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.WRITES);
        owned = new MachineServices(application).ownedInstances();
        terminator = new MachineServices(application).instanceTerminator();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        Instance instance = owned.find(request.pathParameter("id"), caller);
        return OwnedInstances.render(terminator.end(instance, InstanceState.DESTROYED, "owner_request"));
    }

    @Override
    protected void prime() {
        rehearse(new DestroyInstance(application().rehearsal()), "DELETE", RehearsedRequests.LIST,
                RehearsedRequests.SIGNED, "");
    }
}
