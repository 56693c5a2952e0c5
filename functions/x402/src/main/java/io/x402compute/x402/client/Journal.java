package io.x402compute.x402.client;

import java.io.IOException;
import java.util.List;

/**
 * Where a client writes down what it is about to do, so that a crash makes it pay nothing twice. A file on the disk is
 * {@link FileJournal}; whoever keeps things elsewhere brings his own.
 *
 * <p>A journal belongs to one client at a time: clients read it once, when they are built.
 */
public interface Journal {

    /**
     * All that was appended, oldest first.
     *
     * @throws IOException when that is not certain; a client without its past must not pay
     */
    List<JournalEntry> entries() throws IOException;

    /**
     * Adds an entry. It returns when no crash can lose it any more.
     *
     * @throws IOException when that is not certain; the payment is not sent then
     */
    void append(JournalEntry entry) throws IOException;

    /** One that is lost with the process: enough where a payment may be lost with it, too. */
    static Journal inMemory() {
        return new MemoryJournal();
    }
}
