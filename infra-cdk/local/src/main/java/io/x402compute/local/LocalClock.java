package io.x402compute.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Real time plus an offset that tests and people can move forward, never back. The functions find it as the {@link
 * Clock} service. All instances show the same time, for the functions make their own; so one process has one local
 * time, whatever runs in it, and the processes it starts for functions have the same.
 *
 * <p>The offset is a number in memory that those processes map: they see it move at once and cannot move it. This class
 * alone, without any other of the local run, is on their class path.
 */
public final class LocalClock extends Clock {
    /** The system property that tells a function's process which file to map. */
    public static final String SHARED_FILE = "local.clock";

    private static final VarHandle NANOS = ValueLayout.JAVA_LONG.varHandle();
    private static final String GIVEN = System.getProperty(SHARED_FILE);
    private static volatile MemorySegment offset = GIVEN == null
            ? Arena.global().allocate(ValueLayout.JAVA_LONG)
            : map(Path.of(GIVEN), MapMode.READ_ONLY, StandardOpenOption.READ);
    private static Path sharedFile;

    private final ZoneId zone;

    public LocalClock() {
        this(ZoneOffset.UTC);
    }

    private LocalClock(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Sets the time of every instance, before anything has looked at it. A local run that begins in the past can be
     * moved ahead and end up in the present, where clients outside, with clocks of their own, can use it.
     */
    static void startBehind(Duration realTime) {
        move(realTime.negated().minus(offset()));
    }

    /** Moves the time of every instance; what depends on time passing, such as schedules, is not told here. */
    public static void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not go back");
        }
        move(by);
    }

    /** How far it is ahead of real time; negative while it is behind. */
    public static Duration offset() {
        return Duration.ofNanos((long) NANOS.getVolatile(offset, 0L));
    }

    /** The file that processes of ours have to be given; made by the first call, gone with this process. */
    public static synchronized Path sharedFile() {
        if (sharedFile == null) {
            try {
                Path file = Files.createTempFile("local-clock-", "");
                file.toFile().deleteOnExit();
                Files.write(file, new byte[Long.BYTES]);
                MemorySegment shared = map(file, MapMode.READ_WRITE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                NANOS.setVolatile(shared, 0L, offset().toNanos());
                offset = shared;
                sharedFile = file;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot share the clock", e);
            }
        }
        return sharedFile;
    }

    private static synchronized void move(Duration by) {
        NANOS.setVolatile(offset, 0L, offset().plus(by).toNanos());
    }

    private static MemorySegment map(Path file, MapMode mode, StandardOpenOption... options) {
        try (FileChannel channel = FileChannel.open(file, options)) {
            return channel.map(mode, 0, Long.BYTES, Arena.global());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the clock of the local run", e);
        }
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(offset());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new LocalClock(other);
    }
}
