package io.spangraph.server.bolt.transport;

/** Bytes that are no Bolt message; the message says what is wrong and which limit was met, if one was. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;

    public MalformedMessageException(String message) {
        super(message);
        this.text = message;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
