package io.spangraph.server.auth;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;

/** Checks the name of a tenant before it goes into plans, logs and error texts. */
final class TenantName {
    private static final int LONGEST = 1_024;

    private TenantName() {}

    /**
     * The name, unchanged.
     *
     * @throws QueryException with {@link QueryErrorCode#ARGUMENT_ERROR}
     */
    static String checked(String name) {
        if (name.isBlank()) {
            throw refused("is blank");
        }
        if (name.length() > LONGEST) {
            throw refused("has " + name.length() + " characters; " + LONGEST + " are allowed");
        }
        if (name.codePoints().anyMatch(TenantName::isControl)) {
            throw refused("has control characters");
        }
        return name;
    }

    /** Line and paragraph separators end lines of a log as well. */
    private static boolean isControl(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.LINE_SEPARATOR
                || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
    }

    private static QueryException refused(String why) {
        return QueryException.of(QueryErrorCode.ARGUMENT_ERROR, "The name of the tenant " + why + ".");
    }
}
