package io.x402compute.simulation.check;

/** What must always hold. */
public enum Rule {
    P1("one payment key claims at most one order, and one transfer buys at most one"),
    P2("no machine is ordered before it is paid"),
    P3("the same payment with the same request has the same order, and once that is final the same answer for ever; with another"
            + " request it is a conflict"),
    P4("unknown is not failure: no fresh challenge, and no refusal, for money that has moved"),
    P5("every settled order ends delivered, refunded or credited"),
    P6("an order is given back at most once, and that plus what was consumed is what was settled"),
    P7("what was settled is what was quoted, and it buys what was quoted for it"),
    P8("the ledger sums to zero"),
    A1("what is spent unasked was announced minutes before, for that end of the lease and no less"),
    A2("what is spent unasked is spent once for an end of a lease, is what the row says, and is no more than its owner allowed"),
    A3("a lease that ends although it was to be extended is explained"),
    R1("a result is seen, and what takes long begins, only once it is paid"),
    R2("what is run before it is paid is run once, and nobody has two of those at once"),
    R3("a run that has failed costs nothing, and where it comes before its money that is not asked for"),
    V1("each order to the provider is written down first, under its operation, and not sent again before its machine would show"),
    V2("at most one live machine per operation"),
    V3("each machine with this deployment's tag has a row that allows it, or is destroyed after a grace; nobody else's is touched"),
    V4("past its expiry a machine is gone"),
    V5("a row is closed only after its machine was not found twice, and late enough"),
    V6("extensions and expiry are serialised"),
    V7("nothing that is due is left lying"),
    V8("an outage delays expiry and does not drop it"),
    WRITTEN("money is let out only after its handle was written down"),
    LEASE("while somebody is at an order nobody else goes on with it"),
    EVENTS("what happened is published, at least once"),
    PASSWORD("a password is shown once, and not lost before"),
    ERRORS("a function fails only where something it calls has failed");

    private final String text;

    Rule(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
