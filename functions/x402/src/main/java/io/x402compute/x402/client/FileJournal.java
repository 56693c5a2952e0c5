package io.x402compute.x402.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A journal in a file that only grows: one line per entry, on the disk before {@link #append} returns. The file is its owner's
 * to read and nobody else's, and locked while it is open. A payment takes about two kilobytes of it.
 */
public final class FileJournal implements Journal, Closeable {
    private static final Set<StandardOpenOption> OPEN = Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ,
            StandardOpenOption.WRITE);

    private final FileChannel file;
    private final List<JournalEntry> entries;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean broken;

    private FileJournal(FileChannel file, List<JournalEntry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /**
     * Opens the journal, a new one if there is no such file. A last line that has no end is what a crash has left of an entry that was
     * never relied on, and is cut off.
     *
     * @throws IOException when another process or client has it open, or when any other line is not as it was written: what was
     *     paid is not certain then, and not guessed
     */
    public static FileJournal open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, OPEN, ownersOnly(path));
        try {
            lock(file, path);
            byte[] bytes = read(file);
            int end = endOfLastLine(bytes);
            List<JournalEntry> entries = entries(new String(bytes, 0, end, StandardCharsets.UTF_8), path);
            file.truncate(end).position(end);
            file.force(true);
            syncDirectory(path);
            return new FileJournal(file, entries);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public List<JournalEntry> entries() {
        lock.lock();
        try {
            return List.copyOf(entries);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void append(JournalEntry entry) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((JournalLine.of(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        lock.lock();
        try {
            if (broken) {
                throw new IOException("an entry was lost before: the journal has to be opened anew");
            }
            // Until it is on the disk: half a line may be there, and another one must not be put behind it.
            broken = true;
            while (line.hasRemaining()) {
                file.write(line);
            }
            file.force(false);
            broken = false;
            entries.add(entry);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static void lock(FileChannel file, Path path) throws IOException {
        try {
            if (file.tryLock() == null) {
                throw new FileSystemException(path.toString(), null, "another process has the journal open");
            }
        } catch (OverlappingFileLockException e) {
            throw new FileSystemException(path.toString(), null, "the journal is open already");
        }
    }

    private static byte[] read(FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
        while (bytes.hasRemaining() && file.read(bytes) >= 0) {
            // Channels give what they have.
        }
        return bytes.array();
    }

    private static int endOfLastLine(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<JournalEntry> entries(String text, Path path) throws IOException {
        List<String> lines = text.lines().toList();
        List<JournalEntry> entries = new ArrayList<>(lines.size());
        for (String line : lines) {
            entries.add(JournalLine.read(line).orElseThrow(() -> new FileSystemException(path.toString(), null,
                    "line %d of the journal is not as it was written".formatted(entries.size() + 1))));
        }
        return entries;
    }

    private static FileAttribute<?>[] ownersOnly(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        boolean posix = Files.getFileAttributeView(parent, PosixFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS) != null;
        return posix
                ? new FileAttribute<?>[]{
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    /** A new file is on the disk when its name is. Where directories cannot be opened, they need not be. */
    private static void syncDirectory(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }
}
