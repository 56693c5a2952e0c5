package io.x402compute.instance;

/** The reconciler's item in memory, under the same conditions as in the table. */
final class FakeReconciliations implements ReconciliationStore {
    private Reconciliation latest = Reconciliation.NEVER;

    @Override
    public Reconciliation load() {
        return latest;
    }

    @Override
    public boolean save(Reconciliation next) {
        if (latest.version() != next.version() - 1) {
            return false;
        }
        latest = next;
        return true;
    }
}
