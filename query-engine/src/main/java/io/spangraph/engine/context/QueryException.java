package io.spangraph.engine.context;

import io.spangraph.model.SourcePosition;
import java.util.Optional;

/**
 * The one exception that ends a query. Its message says what is wrong, where, what was expected and what to do: people
 * and language models repair their queries from it.
 */
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final QueryErrorCode code;
    private final String text;
    private final transient Optional<SourcePosition> position;
    private final transient Optional<String> hint;

    private QueryException(
            QueryErrorCode code,
            String message,
            Optional<SourcePosition> position,
            Optional<String> hint,
            Optional<? extends Throwable> cause) {
        super(message);
        cause.ifPresent(this::initCause);
        this.code = code;
        this.text = message;
        this.position = position;
        this.hint = hint;
    }

    public static QueryException of(QueryErrorCode code, String message) {
        return new QueryException(code, message, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static QueryException at(QueryErrorCode code, String message, SourcePosition position) {
        return new QueryException(code, message, Optional.of(position), Optional.empty(), Optional.empty());
    }

    /** The same error with what the user can do about it. */
    public QueryException withHint(String advice) {
        return new QueryException(code, text, position, Optional.of(advice), Optional.ofNullable(getCause()));
    }

    public QueryException causedBy(Throwable cause) {
        return new QueryException(code, text, position, hint, Optional.of(cause));
    }

    @Override
    public String getMessage() {
        return text;
    }

    public QueryErrorCode code() {
        return code;
    }

    public Optional<SourcePosition> position() {
        return position;
    }

    public Optional<String> hint() {
        return hint;
    }
}
