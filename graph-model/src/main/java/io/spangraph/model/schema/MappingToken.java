package io.spangraph.model.schema;

import java.util.Locale;
import java.util.Set;

/**
 * A token of a mapping expression.
 *
 * @param text the name, number or symbol as written; for quoted texts and names what stands between the quotes
 * @param offset where it starts in the expression
 */
record MappingToken(Kind kind, String text, int offset) {
    enum Kind {
        NAME,
        QUOTED_NAME,
        NUMBER,
        TEXT,
        SYMBOL,
        END
    }

    /** Words that cannot be column names without double quotes. */
    static final Set<String> KEYWORDS = Set.of(
            "and", "or", "not", "in", "like", "between", "is", "null", "true", "false", "case", "when", "then", "else",
            "end");

    boolean isSymbol(String wanted) {
        return kind == Kind.SYMBOL && text.equals(wanted);
    }

    boolean isKeyword(String wanted) {
        return kind == Kind.NAME && text.equalsIgnoreCase(wanted);
    }

    boolean isAnyKeyword() {
        return kind == Kind.NAME && KEYWORDS.contains(text.toLowerCase(Locale.ROOT));
    }

    /** As an error message names it. */
    String describe() {
        return switch (kind) {
            case NAME, NUMBER, SYMBOL -> "'" + text + "'";
            case QUOTED_NAME -> "name \"" + text + "\"";
            case TEXT -> "text '" + SchemaProblem.excerpt(text) + "'";
            case END -> "the end of the expression";
        };
    }
}
