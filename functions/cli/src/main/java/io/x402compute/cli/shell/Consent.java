package io.x402compute.cli.shell;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A person's word before something that cannot be taken back. Nobody is asked who could not answer. */
public final class Consent {
    private static final Set<String> YES = Set.of("y", "yes");

    private Consent() {}

    /**
     * Returns if it may be done.
     *
     * @param given whether it was agreed to on the command line
     * @param question for a person, with its question mark
     * @param otherwise what to pass where nobody can be asked, as in "pass --yes"
     * @throws CommandFailed when it may not
     */
    public static void require(Shell shell, boolean given, String question, String otherwise) {
        if (given) {
            return;
        }
        Optional<String> reply = shell.ask(question + " [y/N] ");
        String word = reply.orElseThrow(() -> new CommandFailed(ExitCode.UNPAID,
                "this needs your consent, and nobody can be asked: " + otherwise)).toLowerCase(Locale.ROOT);
        if (!YES.contains(word)) {
            throw new CommandFailed(ExitCode.UNPAID, "not confirmed: nothing was done");
        }
    }
}
