package io.x402compute.handler;

import java.util.Map;
import java.util.Optional;

import io.x402compute.access.CallKind;
import io.x402compute.event.DomainEvent;
import io.x402compute.event.EventHistory;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.instance.Instance;
import io.x402compute.page.Page;
import io.x402compute.x402.protocol.Wallet;

/** {@code GET /compute/instances/{id}/events}: what has happened to one of the caller's machines and its orders, newest first. */
public final class ListInstanceEvents extends WalletEndpoint {
    private final OwnedInstances owned;
    private final EventHistory history;

    public ListInstanceEvents() {
        this(System.getenv());
    }

    public ListInstanceEvents(Map<String, String> environment) {
        this(new Application(environment));
    }

    ListInstanceEvents(Application application) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.READS);
        owned = new MachineServices(application).ownedInstances();
        history = application.eventHistory();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        ListQuery query = ListQuery.of(request, caller);
        Instance instance = owned.find(request.pathParameter("id"), caller);
        Page<DomainEvent> page = history.of(instance.id().toString(), instance.pendingEvents(),
                query.page(Optional.empty()));
        return ApiResponse.ok(query.answer("events", page, EventJson::of));
    }

    @Override
    protected void prime() {
        rehearse(new ListInstanceEvents(application().rehearsal()), "GET", RehearsedRequests.LIST,
                RehearsedRequests.SIGNED, "");
    }
}
