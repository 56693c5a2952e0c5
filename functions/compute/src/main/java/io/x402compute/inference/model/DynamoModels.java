package io.x402compute.inference.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import io.x402compute.store.Item;
import io.x402compute.store.Query;
import io.x402compute.store.Table;

/** The lists in DynamoDB, one item for each upstream, in the table of what is refreshed by schedule. */
public final class DynamoModels implements Models {
    private static final String KIND = "models";

    private final Table table;

    public DynamoModels(Table table) {
        this.table = table;
    }

    @Override
    public List<ModelList> lists() {
        return table.query(Query.of("kind", KIND)).stream().map(DynamoModels::list).toList();
    }

    /** Writes the list of an upstream over what was there. */
    public void save(ModelList list) {
        table.put(Item.create().put("kind", KIND).put("id", list.upstream())
                .putItems("now", list.now().stream().map(DynamoModels::item).toList())
                .putItems("before", list.before().stream().map(DynamoModels::item).toList())
                .put("changed_at", list.changedAt()));
    }

    private static Item item(Model model) {
        Item item = Item.create().put("id", model.id());
        model.price().ifPresent(price -> item.put("input", price.input().toPlainString()).put("output",
                price.output().toPlainString()));
        return item;
    }

    private static ModelList list(Item item) {
        return new ModelList(item.text("id"), item.items("now").stream().map(DynamoModels::model).toList(),
                item.items("before").stream().map(DynamoModels::model).toList(), item.instant("changed_at"));
    }

    private static Model model(Item item) {
        return new Model(item.text("id"), item.has("input")
                ? Optional.of(new TokenPrice(new BigDecimal(item.text("input")), new BigDecimal(item.text("output"))))
                : Optional.empty());
    }
}
