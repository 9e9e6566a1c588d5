package io.spangraph.server.cli;

/** Something that a command needs is not there; the message says what and where to get it. */
final class NotStartedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotStartedException(String message) {
        super(message);
    }
}
