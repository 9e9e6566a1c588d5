package io.spangraph.server.query;

import io.spangraph.engine.context.QueryException;

/** An error in one text, for clients that show nothing else. */
public final class ErrorText {
    private ErrorText() {}

    /** Message, place and advice. */
    public static String of(QueryException failure) {
        StringBuilder text = new StringBuilder(failure.getMessage());
        failure.position()
                .map(Object::toString)
                .filter(place -> text.indexOf(place) < 0)
                .ifPresent(place -> text.append(" (").append(place).append(')'));
        failure.hint().ifPresent(hint -> text.append(' ').append(hint));
        return text.toString();
    }
}
