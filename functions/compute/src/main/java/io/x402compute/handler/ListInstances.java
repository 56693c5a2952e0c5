package io.x402compute.handler;

import java.util.Map;

import io.x402compute.access.CallKind;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceStore;
import io.x402compute.page.Page;
import io.x402compute.x402.protocol.Wallet;

/** {@code GET /compute/instances}: the caller's machines, newest first, those that are gone included; page by page. */
public final class ListInstances extends WalletEndpoint {
    private final InstanceStore instances;

    public ListInstances() {
        this(System.getenv());
    }

    public ListInstances(Map<String, String> environment) {
        this(new Application(environment));
    }

    ListInstances(Application application) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.READS);
        instances = new MachineServices(application).instances();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        ListQuery query = InstanceQuery.of(request, caller);
        Page<Instance> page = instances.ownedBy(caller, query.page(InstanceQuery.filter(query.fields())));
        return ApiResponse.ok(query.answer("instances", page, InstanceJson::of));
    }

    @Override
    protected void prime() {
        rehearse(new ListInstances(application().rehearsal()), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED,
                "");
    }
}
