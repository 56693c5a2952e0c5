package io.x402compute.cli.shell;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder with what must outlive a run. Its owner's alone. */
public record StateFolder(Path path) {

    /** The payments. Whoever has it open is the only one who pays. */
    public Path journal() {
        return path.resolve("payments.journal");
    }

    /** What was begun and is not over. */
    public Path unfinished() {
        return path.resolve("unfinished");
    }

    /**
     * Does something while nobody else may, in this process or another.
     *
     * @throws CommandFailed while somebody does
     */
    public <T> T alone(OnDisk<T> work) throws IOException {
        try (FileChannel file = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            if (!isLocked(file)) {
                throw new CommandFailed(ExitCode.UNFINISHED,
                        "another x402compute is at work on a purchase; run the command again when it is done");
            }
            return work.run();
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException heldByAnotherThread) {
            return false;
        }
    }

    /** Makes it and what is above it, where it is missing. */
    public void create() throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownersOnly = posix
                ? new FileAttribute<?>[]{
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))}
                : new FileAttribute<?>[0];
        Files.createDirectories(unfinished(), ownersOnly);
    }

    /** Work that reads and writes what is kept here. */
    public interface OnDisk<T> {
        T run() throws IOException;
    }
}
