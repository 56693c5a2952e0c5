package io.x402compute.cli.shell;

/** What a script learns from a run. Stable: a number never gets another meaning. */
public enum ExitCode {
    DONE(0, "Done."),
    FAILED(1, "The API refused, or what was asked for came to nothing. Again it would be the same."),
    USAGE(2, "The command line, the key file or the configuration is wrong. Nothing was sent."),
    UNPAID(3, "Not paid: over a limit, not confirmed, too little credit, or the payment was refused."),
    UNFINISHED(4, "Not over, or not known: run the same command again. It never pays twice."),
    UNREACHABLE(5, "The API, or the node of a chain, could not be reached. Nothing was paid.");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** For people, in one sentence or two. */
    public String meaning() {
        return meaning;
    }
}
