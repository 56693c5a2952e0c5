package io.x402compute.local.process;

import java.util.ArrayList;
import java.util.List;

/**
 * A process that does not outlive this JVM; and a JVM that is killed runs no shutdown hook. So a shell starts it: a
 * watcher reads from a pipe that only this JVM holds open and kills the process when the pipe closes, while the shell
 * itself becomes the process.
 */
public final class BoundProcess {
    private static final String WATCHED = """
            exec 3<&0
            { read -r _ <&3; kill -9 $$; } >/dev/null 2>&1 &
            exec "$0" "$@" 3<&- </dev/null
            """;

    private BoundProcess() {}

    /** That command, bound to this JVM. Its standard input must stay a pipe of ours. */
    public static ProcessBuilder builder(List<String> command) {
        List<String> bound = new ArrayList<>(List.of("sh", "-c", WATCHED));
        bound.addAll(command);
        return new ProcessBuilder(bound);
    }
}
