package io.x402compute.cli.api;

import java.util.Optional;

import io.x402compute.cli.shell.CommandFailed;
import io.x402compute.cli.shell.ExitCode;
import io.x402compute.x402.protocol.WireJson;

/** What an answer that is no success means for whoever asked: its words, and what to do next. */
public final class Refusal {
    private static final int UNAUTHORIZED = 401;
    private static final int SERVER_ERROR = 500;
    private static final int LONGEST = 400;

    private Refusal() {}

    public static CommandFailed of(Answer answer) {
        return of(answer, exitCode(answer));
    }

    /** As {@link #of(Answer)}, where the caller knows better how the command ends. */
    public static CommandFailed of(Answer answer, ExitCode exitCode) {
        return new CommandFailed(exitCode, words(answer) + next(answer, exitCode))
                .inTheWordsOf(code(answer), WireJson.text(answer.body(), "request_id"));
    }

    /** The API's machine code for what is wrong. */
    public static Optional<String> code(Answer answer) {
        return WireJson.text(answer.body(), "code");
    }

    private static String words(Answer answer) {
        String said = WireJson.text(answer.body(), "error").or(() -> WireJson.text(answer.body(), "message"))
                .orElse("no explanation");
        return "the API answered %d: %s".formatted(answer.status(), Printable.of(said, LONGEST));
    }

    private static ExitCode exitCode(Answer answer) {
        if (isShortOfCredit(answer)) {
            return ExitCode.UNPAID;
        }
        boolean passes = answer.retryAfter().isPresent()
                || (answer.status() >= SERVER_ERROR && code(answer).isEmpty());
        return passes ? ExitCode.UNFINISHED : ExitCode.FAILED;
    }

    private static String next(Answer answer, ExitCode exitCode) {
        if (isShortOfCredit(answer)) {
            return "; buy some with: x402compute credits topup AMOUNT, or leave --use-credits out";
        }
        if (answer.status() == UNAUTHORIZED) {
            return "; check X402COMPUTE_API_KEY or --key-file, and this machine's clock";
        }
        if (exitCode != ExitCode.UNFINISHED) {
            return "";
        }
        return answer.retryAfter().map("; run the same command again in %d s"::formatted)
                .orElse("; run the same command again");
    }

    private static boolean isShortOfCredit(Answer answer) {
        return code(answer).filter("insufficient_credits"::equals).isPresent();
    }
}
