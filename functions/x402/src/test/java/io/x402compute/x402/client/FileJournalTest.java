package io.x402compute.x402.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.x402compute.x402.protocol.Network;
import io.x402compute.x402.protocol.PaymentPayload;
import io.x402compute.x402.protocol.SchemePayload;
import io.x402compute.x402.protocol.Vectors;

class FileJournalTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final SchemePayload.Eip3009 SIGNED = Vectors
            .canonical(Vectors.signedBy(Vectors.PAYER, Vectors.SIGNATURE));
    private static final SignedPayment ON_BASE = new SignedPayment(Vectors.offer().paidWith(SIGNED), NOW);
    private static final SignedPayment VERSION_1 = new SignedPayment(new PaymentPayload(1, "exact",
            Network.BASE_SEPOLIA, SIGNED, Optional.empty(), Optional.empty()), NOW);
    private static final List<JournalEntry> ENTRIES = List.of(
            new JournalEntry.Signed("https://shop.example machine-17", "ab".repeat(32), ON_BASE),
            new JournalEntry.SentAgain(NOW.plusSeconds(1), ON_BASE.id()),
            new JournalEntry.Answered(NOW.plusSeconds(2), ON_BASE.id(), 202, Verdict.PENDING),
            new JournalEntry.Signed("naïve \"key\"\n", "cd".repeat(32), VERSION_1),
            new JournalEntry.Abandoned(NOW.plusSeconds(3), ON_BASE.id()));

    @TempDir
    private Path directory;

    @Test
    void whatWasAppendedIsThereAfterwards() throws IOException {
        assertThat(reopened(written()).toString()).isEqualTo(ENTRIES.toString());
        assertThat(ids(reopened(written()))).isEqualTo(ids(ENTRIES));
    }

    @Test
    void ofATornEntryNothingIsLeftAndTheRestIsWhole() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        for (int length = 0; length <= whole.length; length += 31) {
            Path torn = directory.resolve("torn");
            Files.write(torn, Arrays.copyOf(whole, length));
            int entries = lines(whole, length);

            try (FileJournal journal = FileJournal.open(torn)) {
                assertThat(ids(journal.entries())).isEqualTo(ids(ENTRIES.subList(0, entries)));
                journal.append(ENTRIES.getFirst());
            }
            assertThat(reopened(torn)).hasSize(entries + 1);
        }
    }

    @Test
    void anyOtherChangeIsNotGuessedAt() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        for (int at = 0; at < whole.length - 1; at += 29) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Path file = directory.resolve("changed");
            Files.write(file, changed);

            assertThatThrownBy(() -> FileJournal.open(file)).as("byte %d", at).isInstanceOf(IOException.class)
                    .hasMessageContaining("not as it was written");
        }
    }

    @Test
    void oneAtATime() throws IOException {
        Path file = directory.resolve("journal");
        try (FileJournal first = FileJournal.open(file)) {
            assertThat(first.entries()).isEmpty();
            assertThatThrownBy(() -> FileJournal.open(file)).isInstanceOf(IOException.class);
        }
        assertThat(reopened(file)).isEmpty();
    }

    @Test
    void nobodyElseCanReadIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written()))).isEqualTo("rw-------");
    }

    @Test
    void afterAnEntryThatWasLostNoneIsTaken() throws IOException {
        FileJournal journal = FileJournal.open(directory.resolve("journal"));
        journal.close();

        assertThatThrownBy(() -> journal.append(ENTRIES.getFirst())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> journal.append(ENTRIES.getFirst())).isInstanceOf(IOException.class)
                .hasMessageContaining("opened anew");
    }

    private Path written() throws IOException {
        Path file = directory.resolve("written");
        Files.deleteIfExists(file);
        try (FileJournal journal = FileJournal.open(file)) {
            for (JournalEntry entry : ENTRIES) {
                journal.append(entry);
            }
        }
        return file;
    }

    private static List<JournalEntry> reopened(Path file) throws IOException {
        try (FileJournal journal = FileJournal.open(file)) {
            return journal.entries();
        }
    }

    private static List<String> ids(List<JournalEntry> entries) {
        return entries.stream().map(JournalEntry::paymentId).toList();
    }

    private static int lines(byte[] bytes, int length) {
        int lines = 0;
        for (int i = 0; i < length; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }
}
