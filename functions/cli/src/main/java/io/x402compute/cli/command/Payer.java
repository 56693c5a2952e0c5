package io.x402compute.cli.command;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.x402compute.cli.api.Answer;
import io.x402compute.cli.api.Call;
import io.x402compute.cli.purchase.Bought;
import io.x402compute.cli.wallet.Key;

/** Whoever pays for a purchase, and so owns what is bought. */
record Payer(Session session, boolean onCredit) {

    /** Asks in its name. */
    Answer ask(Call call) {
        return onCredit ? session.api().asOwner(call) : session.api().asWallet(call);
    }

    /** The network to ask for a payment on; empty where the API's first will do. */
    Optional<String> network() {
        if (onCredit) {
            return Optional.empty();
        }
        return switch (session.api().callers().wallet()) {
            case Key.OnEvm base -> Optional.empty();
            case Key.OnSolana solana -> Optional.of("solana");
        };
    }

    /** Puts into a request what the API has to know of its payment. */
    ObjectNode payFor(ObjectNode wanted) {
        network().ifPresent(name -> wanted.put("network", name));
        if (onCredit) {
            wanted.put("use_credits", true);
        }
        return wanted;
    }

    void tell(Bought bought) {
        bought.paid().ifPresentOrElse(
                amount -> session.say("Paid %s from %s%s.".formatted(amount, session.api().callers().wallet().address(),
                        bought.transaction().map(", transaction "::concat).orElse(""))),
                () -> session.say(onCredit ? "Paid with credit." : "Nothing was asked for it."));
    }
}
