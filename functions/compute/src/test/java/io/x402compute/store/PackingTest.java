package io.x402compute.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

class PackingTest {
    private static final String WORDS = "{\"colour\":\"vermilion\",\"size\":";
    private static final Item ITEM = Item.create().put("colour", "vermilion").put("size", 7).put("new", true)
            .put("tags", List.of("a", "b")).put("inner", Item.create().put("deep", -1))
            .putItems("rows", List.of(Item.create().put("n", 1), Item.create().put("n", 2)));

    private final Packing packing = new Packing(WORDS);

    @Test
    void anItemComesBackAsItWasPacked() {
        assertThat(packing.unpack(packing.pack(ITEM, "beside"), "beside")).isEqualTo(ITEM);
    }

    @Test
    void longTextComesBackWhole() {
        Item item = Item.create().put("text", "0123456789 abcdef ".repeat(1000));

        assertThat(packing.unpack(packing.pack(item, ""), "")).isEqualTo(item);
    }

    @Test
    void whatTheDictionaryOrItsNeighboursSayCostsNextToNothing() {
        Item told = Item.create().put("colour", "an unlikely text of forty characters, ish");

        assertThat(packing.pack(told, "an unlikely text of forty characters, ish")).hasSizeLessThan(20);
        assertThat(packing.pack(ITEM, "")).hasSizeLessThan(new Packing("").pack(ITEM, "").length - 15);
    }

    @Test
    void whatWasPackedOtherwiseIsNotRead() {
        byte[] packed = packing.pack(ITEM, "beside");

        assertThatThrownBy(() -> new Packing("").unpack(packed, "")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> packing.unpack(new byte[]{1, 2, 3}, "")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsBinaryIsNotPacked() {
        Item item = Item.create().put("bytes", new byte[]{1});

        assertThatThrownBy(() -> packing.pack(item, "")).isInstanceOf(IllegalArgumentException.class);
    }
}
