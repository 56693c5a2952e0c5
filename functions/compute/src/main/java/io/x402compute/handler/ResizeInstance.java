package io.x402compute.handler;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.access.CallKind;
import io.x402compute.http.ApiRequest;
import io.x402compute.http.ApiResponse;
import io.x402compute.http.Json;
import io.x402compute.http.RequestBody;
import io.x402compute.instance.Instance;
import io.x402compute.instance.InstanceState;
import io.x402compute.instance.LeaseExchange;
import io.x402compute.instance.MachineOperations;
import io.x402compute.instance.Operation;
import io.x402compute.instance.OperationResult;
import io.x402compute.instance.Upgrade;
import io.x402compute.order.ResizeRequest;
import io.x402compute.order.Upgrades;
import io.x402compute.x402.protocol.Wallet;

/**
 * {@code POST /compute/instances/{id}/resize}: moves one of the caller's machines to a larger plan. Nothing is paid: the prepaid
 * time that is left is exchanged for as much as its value buys there.
 */
public final class ResizeInstance extends WalletEndpoint {
    private static final BigDecimal HOUR = BigDecimal.valueOf(Duration.ofHours(1).toSeconds());
    private static final int SECONDS_TELL = 4;

    private final OwnedInstances owned;
    private final Upgrades upgrades;
    private final MachineOperations operations;

    public ResizeInstance() {
        this(System.getenv());
    }

    public ResizeInstance(Map<String, String> environment) {
        this(new Application(environment));
    }

    ResizeInstance(Application application) {
        super(application, new AccessServices(application).authenticator()::require, CallKind.WRITES);
        owned = new MachineServices(application).ownedInstances();
        upgrades = new MachineServices(application).upgrades();
        operations = new MachineServices(application).machineOperations();
    }

    @Override
    ApiResponse handle(ApiRequest request, Wallet caller) {
        Instance found = owned.find(request.pathParameter("id"), caller);
        ResizeRequest wanted = ResizeRequest.of(RequestBody.of(request));
        Instance instance = operations.attend(found, request.deadline());
        OperationAnswers.requireFree(instance);
        Upgrade upgrade = upgrades.upgrade(instance, wanted);
        return switch (operations.resize(instance, upgrade, request.deadline())) {
            case OperationResult.Taken(Instance after, Operation operation) -> render(instance, after, operation);
            case OperationResult.Refused(String code) -> throw OperationAnswers.refused(code);
            case OperationResult.Occupied(Operation pending) -> throw OperationAnswers.occupied(pending);
            case OperationResult.NotActive(InstanceState state) -> throw OperationAnswers.notActive(state);
        };
    }

    @Override
    protected void prime() {
        rehearse(new ResizeInstance(application().rehearsal()), "GET", RehearsedRequests.LIST, RehearsedRequests.SIGNED,
                "");
    }

    /** While it is not certain that the provider has taken it, this tells what will be if it has. */
    private static ApiResponse render(Instance before, Instance after, Operation operation) {
        Upgrade upgrade = operation.upgrade().orElseThrow();
        LeaseExchange exchange = before.exchange(upgrade.hourly(), operation.sentAt());
        boolean taken = OperationAnswers.isTaken(operation);
        ObjectNode body = Json.object()
                .put("success", taken)
                .put("instance_id", before.id().toString())
                .put("provider", InstanceJson.PROVIDER)
                .put("from_plan", upgrade.from())
                .put("to_plan", upgrade.to())
                .put("old_expires_at", before.expiresAt().toString())
                .put("new_expires_at", (taken ? after.expiresAt() : exchange.end(before.createdAt())).toString())
                .put("remaining_credit", Dollars.of(exchange.credit()))
                .put("remaining_hours_before", hours(exchange.unused()))
                .put("remaining_hours_after", hours(exchange.exchanged()));
        operation.providerAction().ifPresent(action -> body.put("provider_action_id", action));
        return OperationAnswers.render(body, operation);
    }

    private static BigDecimal hours(Duration time) {
        return Dollars.plain(BigDecimal.valueOf(time.toSeconds()).divide(HOUR, SECONDS_TELL, RoundingMode.DOWN));
    }
}
