package io.x402compute.x402.client;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** Keeps its entries from one process to the next, and fails as it is told to. */
final class FatefulJournal implements Journal {
    private final Journal kept;
    private final Supplier<Fate> fates;

    FatefulJournal(Journal kept, Supplier<Fate> fates) {
        this.kept = kept;
        this.fates = fates;
    }

    @Override
    public List<JournalEntry> entries() throws IOException {
        return kept.entries();
    }

    @Override
    public void append(JournalEntry entry) throws IOException {
        switch (fates.get()) {
            case CRASH_BEFORE -> throw new Crash();
            case CRASH_AFTER -> {
                kept.append(entry);
                throw new Crash();
            }
            case LOST_BEFORE -> throw new IOException("disk full");
            case LOST_AFTER -> {
                kept.append(entry);
                throw new IOException("the disk did not say");
            }
            case FINE, BUSY, PENDING, REFUSED -> kept.append(entry);
        }
    }
}
