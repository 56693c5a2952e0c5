package io.x402compute.handler;

import java.util.Map;

import io.x402compute.access.CallKind;
import io.x402compute.http.ApiException;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.RequestBody;
import io.x402compute.instance.AutoExtendSettings;
import io.x402compute.instance.Instance;
import io.x402compute.order.AutoExtendRequest;
import io.x402compute.order.RentalLimits;
import io.x402compute.x402.protocol.Wallet;

/**
 * {@code POST /compute/instances/{id}/auto-extend}: from now on, one of the caller's machines is extended from credit before
 * its lease ends, up to a ceiling; or is not any more.
 */
public final class SetAutoExtend extends WalletEndpoint {
    private final OwnedInstances owned;
    private final AutoExtendSettings wishes;
    private final RentalLimits limits;

    public SetAutoExtend() {
        this(System.getenv());
    }

    public SetAutoExtend(Map<String, String> environment) {
        this(new Application(environment));
    }

    SetAutoExtend(Application application) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.WRITES);
        owned = new MachineServices(application).ownedInstances();
        wishes = new MachineServices(application).autoExtendSettings();
        limits = new MachineServices(application).rentalLimits();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        Instance found = owned.find(request.pathParameter("id"), caller);
        AutoExtendRequest wanted = AutoExtendRequest.of(RequestBody.of(request), limits);
        Instance instance = wishes.set(found, wanted.terms());
        if (!instance.state().isLive()) {
            throw new ApiException(410, "instance_gone", "The instance is " + instance.outcome().wireName());
        }
        return OwnedInstances.render(instance);
    }

    @Override
    protected void prime() {
        rehearse(new SetAutoExtend(application().rehearsal()), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED,
                "");
    }
}
