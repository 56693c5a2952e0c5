package io.x402compute.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a process prints and logs. It writes to a file and not into a pipe: what it wrote before it answered is then there
 * when the answer is, and nobody has to wait for a reader.
 */
final class ProcessOutput {
    private final Path file;
    private long readUpTo;

    ProcessOutput(Path file) {
        this.file = file;
    }

    /** What has been added since the last look, a message or a printed line a line. */
    synchronized String read() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - readUpTo));
            channel.position(readUpTo);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until the size that was seen first has been read.
            }
            readUpTo += bytes.position();
            bytes.flip();
            byte[] written = new byte[bytes.remaining()];
            bytes.get(written);
            return String.join("\n", LogFrames.texts(written));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
