package io.x402compute.facilitation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.x402compute.store.Item;
import io.x402compute.store.Packing;
import io.x402compute.store.Table;
import io.x402compute.store.VersionedTable;
import io.x402compute.x402.facilitator.SettlementHandle;
import io.x402compute.x402.protocol.FacilitatorRequest;
import io.x402compute.x402.protocol.PaymentKey;

/** In table {@code payments}, under keys and in shards of their own: nobody who looks for orders sees them. */
public final class DynamoFacilitations implements Facilitations {
    private static final String KEY = "key";
    private static final String STUCK = "stuck";
    private static final String PREFIX = "facilitated/";
    private static final String TOLD = "told";
    private static final String SIGNED_TRANSACTION = "signed_transaction";
    private static final String SIGNER_NONCE = "signer_nonce";
    private static final String REST = "rest";
    /** What most of them say. Never to be changed, for there are rows packed with it. */
    private static final Packing PACKING = new Packing(
            """
                    {"transaction":"0x","signed_transaction":"0x02f901","signer_nonce":-1,"facilitator":""}\
                    {"request":"{\\"x402Version\\":2,\\"paymentPayload\\":{\\"x402Version\\":2,\\"resource\\":{\\"url\\":\\"https://\\",\
                    \\"description\\":\\"\\",\\"mimeType\\":\\"application/json\\"},\\"accepted\\":{\\"scheme\\":\\"exact\\",\\"network\\":\
                    \\"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp\\"\\"eip155:8453\\",\\"amount\\":\\"10000\\",\\"asset\\":\
                    \\"0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913\\",\\"payTo\\":\\"0x\\",\\"maxTimeoutSeconds\\":300,\\"extra\\":\
                    {\\"name\\":\\"USD Coin\\",\\"version\\":\\"2\\"}},\\"payload\\":{\\"signature\\":\\"0x\\",\\"authorization\\":\
                    {\\"from\\":\\"0x\\",\\"to\\":\\"0x\\",\\"value\\":\\"\\",\\"validAfter\\":\\"0\\",\\"validBefore\\":\\"179\\",\
                    \\"nonce\\":\\"0x\\"}}},\\"paymentRequirements\\":""");

    private final VersionedTable table;

    /** @param payments the ledger's table */
    public DynamoFacilitations(Table payments) {
        this.table = new VersionedTable(payments, KEY, STUCK, "facilitated");
    }

    @Override
    public Optional<Facilitation> find(PaymentKey key) {
        return table.find(PREFIX + key.value()).map(DynamoFacilitations::read);
    }

    @Override
    public Optional<Facilitation> insert(Facilitation fresh) {
        return table.insert(item(fresh)).map(DynamoFacilitations::read);
    }

    @Override
    public boolean save(Facilitation next) {
        return table.save(item(next));
    }

    @Override
    public List<PaymentKey> due(Instant now) {
        return table.due(now).stream().map(key -> new PaymentKey(key.substring(PREFIX.length()))).toList();
    }

    private Item item(Facilitation row) {
        Item item = Item.create().put(KEY, PREFIX + row.key().value())
                .put("state", row.state().name())
                .put("lease_until", row.leaseUntil())
                .put("tries", row.tries())
                .put("version", row.version())
                .put(TOLD, row.told())
                .put("transaction", nonEmpty(row.transaction()))
                .put("reason", nonEmpty(row.reason()));
        Item rest = Item.create().put("request", row.request().text());
        row.handle().ifPresent(handle -> rest.put("handle", Item.create()
                .put("transaction", handle.transaction())
                .put(SIGNED_TRANSACTION, handle.signedTransaction())
                .put(SIGNER_NONCE, handle.signerNonce())
                .put("facilitator", handle.facilitator())));
        item.put(REST, PACKING.pack(rest, item.text(KEY)));
        return table.indexed(item, row.isFinal() ? Optional.empty() : Optional.of(row.attendAt()));
    }

    private static Facilitation read(Item item) {
        Item rest = PACKING.unpack(item.bytes(REST), item.text(KEY));
        return new Facilitation(FacilitatorRequest.of(rest.text("request")),
                FacilitationState.valueOf(item.text("state")),
                rest.has("handle") ? Optional.of(handle(rest.item("handle"))) : Optional.empty(),
                item.optionalText("transaction").orElse(""), item.optionalText("reason").orElse(""),
                item.optionalText(TOLD), item.integer("tries"), item.instant("lease_until"),
                item.optionalInstant(STUCK + "_at").orElse(Instant.MAX), item.number("version"));
    }

    private static SettlementHandle handle(Item item) {
        return new SettlementHandle(item.text("facilitator"), item.text("transaction"), item.text(SIGNED_TRANSACTION),
                item.number(SIGNER_NONCE));
    }

    private static Optional<String> nonEmpty(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }
}
