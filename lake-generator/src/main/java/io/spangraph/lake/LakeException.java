package io.spangraph.lake;

/** A lake could not be written or is not what it should be; the message is meant for the person who asked for it. */
public final class LakeException extends RuntimeException {

    LakeException(String message) {
        super(message);
    }

    LakeException(String message, Throwable cause) {
        super(message, cause);
    }
}
