package io.x402compute.instance;

import java.util.Optional;

import io.x402compute.store.Item;
import io.x402compute.x402.protocol.Usdc;

/** Wishes for automatic extensions as maps in their instance's item. */
final class AutoExtendItems {
    private AutoExtendItems() {}

    static Item write(AutoExtend wanted) {
        Item item = Item.create()
                .put("enabled", wanted.enabled())
                .put("hours", wanted.terms().hours())
                .put("ceiling", wanted.terms().ceiling().micros())
                .put("spent", wanted.spent().micros())
                .put("failure", wanted.failure().map(AutoExtendFailure::code));
        wanted.next().ifPresent(next -> item.put("next", write(next)));
        return item;
    }

    private static Item write(AnnouncedExtension next) {
        return Item.create()
                .put("lease_end", next.leaseEnd())
                .put("plan", next.plan())
                .put("hours", next.hours())
                .put("amount", next.amount().micros())
                .put("at", next.at())
                .put("order_id", next.order());
    }

    static Optional<AutoExtend> read(Item instance, String name) {
        return instance.has(name) ? Optional.of(read(instance.item(name))) : Optional.empty();
    }

    private static AutoExtend read(Item item) {
        return new AutoExtend(item.flag("enabled"),
                new AutoExtendTerms(item.integer("hours"), new Usdc(item.number("ceiling"))),
                new Usdc(item.number("spent")),
                item.has("next") ? Optional.of(extension(item.item("next"))) : Optional.empty(),
                item.optionalText("failure").map(AutoExtendFailure::of));
    }

    private static AnnouncedExtension extension(Item item) {
        return new AnnouncedExtension(item.instant("lease_end"), item.text("plan"), item.integer("hours"),
                new Usdc(item.number("amount")), item.instant("at"), item.optionalText("order_id"));
    }
}
