package io.spangraph.server.bolt.packstream;

/** Bytes that are not what they should be; the reader cannot go on, because it no longer knows where a value begins. */
public final class PackStreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;

    public PackStreamException(String message) {
        super(message);
        this.text = message;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
