package io.x402compute.instance;

import java.util.Optional;

import io.x402compute.store.Item;
import io.x402compute.x402.protocol.Usdc;

/** Operations as maps in their instance's item. */
final class OperationItems {
    private OperationItems() {}

    static Item write(Operation operation) {
        Item item = Item.create()
                .put("kind", operation.kind().name())
                .put("phase", operation.phase().name())
                .put("asked_at", operation.askedAt())
                .put("sent_at", operation.sentAt())
                .put("next_look_at", operation.nextLookAt())
                .put("provider_action", operation.providerAction())
                .put("failure", operation.failure());
        operation.upgrade().ifPresent(upgrade -> item.put("from_plan", upgrade.from())
                .put("to_plan", upgrade.to())
                .put("hourly", upgrade.hourly().micros()));
        return item;
    }

    static Optional<Operation> read(Item instance, String name) {
        return instance.has(name) ? Optional.of(read(instance.item(name))) : Optional.empty();
    }

    private static Operation read(Item item) {
        return new Operation(
                OperationKind.valueOf(item.text("kind")),
                OperationPhase.valueOf(item.text("phase")),
                item.optionalText("to_plan")
                        .map(to -> new Upgrade(item.text("from_plan"), to, new Usdc(item.number("hourly")))),
                item.instant("asked_at"),
                item.instant("sent_at"),
                item.instant("next_look_at"),
                item.optionalText("provider_action"),
                item.optionalText("failure"));
    }
}
