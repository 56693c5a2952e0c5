package io.x402compute.cli.shell;

import java.util.Optional;

/** Why a command ends without what was asked for, in one line with what to do next. Never holds a secret. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String code;
    private final String requestId;

    private CommandFailed(ExitCode exitCode, String message, String code, String requestId) {
        super(message);
        this.exitCode = exitCode;
        this.code = code;
        this.requestId = requestId;
    }

    public CommandFailed(ExitCode exitCode, String message) {
        this(exitCode, message, "", "");
    }

    /** The same, as the API has put it: with its machine code, and the id that its operator finds the request by. */
    public CommandFailed inTheWordsOf(Optional<String> apiCode, Optional<String> apiRequestId) {
        return new CommandFailed(exitCode, getMessage(), apiCode.orElse(""), apiRequestId.orElse(""));
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    /** The API's machine code. */
    public Optional<String> code() {
        return Optional.of(code).filter(text -> !text.isEmpty());
    }

    public Optional<String> requestId() {
        return Optional.of(requestId).filter(text -> !text.isEmpty());
    }
}
