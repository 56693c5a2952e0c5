package io.x402compute.payment;

import java.util.Optional;

import io.x402compute.store.Item;
import io.x402compute.x402.facilitator.SettlementHandle;

/** Handles of settlements as attributes of the item they belong to, which has the transaction's hash somewhere. */
final class HandleItems {
    /** Which of several; absent where there is no choice. */
    private static final String FACILITATOR = "facilitator";
    private static final String SIGNER_NONCE = "signer_nonce";
    private static final String SIGNED_TRANSACTION = "signed_transaction";

    private HandleItems() {}

    static void write(Item item, SettlementHandle handle) {
        item.put(SIGNER_NONCE, handle.signerNonce());
        if (!handle.signedTransaction().isEmpty()) {
            item.put(SIGNED_TRANSACTION, handle.signedTransaction());
        }
        if (!handle.facilitator().isEmpty()) {
            item.put(FACILITATOR, handle.facilitator());
        }
    }

    /** @param transaction its hash */
    static Optional<SettlementHandle> read(Item item, String transaction) {
        if (!item.has(SIGNER_NONCE)) {
            return Optional.empty();
        }
        SettlementHandle handle = item.has(SIGNED_TRANSACTION)
                ? new SettlementHandle(transaction, item.text(SIGNED_TRANSACTION), item.number(SIGNER_NONCE))
                : SettlementHandle.REMOTE;
        return Optional.of(handle.at(item.optionalText(FACILITATOR).orElse("")));
    }
}
