package io.x402compute.payment;

import java.util.Optional;

import io.x402compute.store.Item;
import io.x402compute.x402.protocol.Eip3009Authorization;
import io.x402compute.x402.protocol.Hex;
import io.x402compute.x402.protocol.Payment;
import io.x402compute.x402.protocol.SchemePayload;

/** Refunds as part of their claim's item: only what does not follow from the order. */
final class RefundItems {
    private static final String FROM = "from";
    private static final String VALID_BEFORE = "valid_before";
    private static final String SIGNATURE = "signature";
    private static final String TRANSACTION = "transaction";
    private static final String TROUBLE = "trouble";

    private RefundItems() {}

    /** What operators look for. */
    static Item shown(Refund refund) {
        Item item = Item.create();
        if (!refund.transaction().isEmpty()) {
            item.put(TRANSACTION, refund.transaction());
        }
        if (!refund.trouble().isEmpty()) {
            item.put(TROUBLE, refund.trouble());
        }
        return item;
    }

    /** All else. */
    static Item rest(Refund refund) {
        Item item = Item.create();
        refund.transfer().ifPresent(transfer -> writeTransfer(item, transfer));
        refund.handle().ifPresent(handle -> HandleItems.write(item, handle));
        return item;
    }

    static Refund read(Item shown, Item item, RefundTerms terms) {
        Optional<Payment> transfer = item.has(FROM)
                ? Optional.of(terms.signed(item.text(FROM), item.number(VALID_BEFORE), item.text(SIGNATURE)))
                : Optional.empty();
        String transaction = shown.optionalText(TRANSACTION).orElse("");
        return new Refund(transfer, HandleItems.read(item, transaction), transaction,
                shown.optionalText(TROUBLE).orElse(""));
    }

    private static void writeTransfer(Item item, Payment transfer) {
        switch (transfer.payload().schemePayload()) {
            case SchemePayload.Eip3009(Eip3009Authorization signed, String signature) -> item
                    .put(FROM, Hex.lowerCase(signed.from()))
                    .put(VALID_BEFORE, signed.validBefore().longValueExact())
                    .put(SIGNATURE, Hex.lowerCase(signature));
            case SchemePayload.Permit2 other -> throw new IllegalStateException("refunds are paid by EIP-3009");
            case SchemePayload.Upto _ -> throw new IllegalStateException("refunds are paid by EIP-3009");
            case SchemePayload.Solana elsewhere -> throw new IllegalStateException("refunds are paid on EVM chains");
        }
    }
}
