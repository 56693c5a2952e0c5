package io.x402compute.instance;

/** Where the comparison with the provider is kept from pass to pass. */
public interface ReconciliationStore {

    /** Strongly consistent; {@link Reconciliation#NEVER} before the first pass. */
    Reconciliation load();

    /**
     * Writes the next version.
     *
     * @return false when another pass has written since: do nothing outside
     */
    boolean save(Reconciliation next);
}
