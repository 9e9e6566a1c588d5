package io.spangraph.server.cli;

/** A server that was asked could not be reached or answered with an error; the message is what it said. */
final class RemoteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RemoteException(String message) {
        super(message);
    }
}
