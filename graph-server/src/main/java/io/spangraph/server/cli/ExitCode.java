package io.spangraph.server.cli;

/** What the process tells its caller; {@code docs/configuration.md} lists them. */
enum ExitCode {
    DONE(0),
    /** The answer is an error. */
    FAILED(1),
    WRONG_USAGE(2),
    /** Something that was needed is missing, so nothing was started. */
    NOT_STARTED(3),
    INTERNAL_ERROR(4),
    /** As shells report a process that Ctrl-C ended. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
