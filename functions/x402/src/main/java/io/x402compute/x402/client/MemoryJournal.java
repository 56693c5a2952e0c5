package io.x402compute.x402.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lives as long as the process. */
final class MemoryJournal implements Journal {
    private final List<JournalEntry> entries = new CopyOnWriteArrayList<>();

    @Override
    public List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public void append(JournalEntry entry) {
        entries.add(entry);
    }
}
