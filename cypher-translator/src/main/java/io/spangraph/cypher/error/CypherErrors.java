package io.spangraph.cypher.error;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.SourcePosition;

/** Makes the errors of a query text. One place, so that each says where it is in the same words. */
public final class CypherErrors {
    private CypherErrors() {}

    public static QueryException syntax(String what, SourcePosition position) {
        return at(QueryErrorCode.SYNTAX_ERROR, what, position);
    }

    public static QueryException semantic(String what, SourcePosition position) {
        return at(QueryErrorCode.SEMANTIC_ERROR, what, position);
    }

    public static QueryException type(String what, SourcePosition position) {
        return at(QueryErrorCode.TYPE_ERROR, what, position);
    }

    public static QueryException unknownName(String what, SourcePosition position) {
        return at(QueryErrorCode.UNKNOWN_NAME, what, position);
    }

    /** A procedure that is not there, with the one that was meant. */
    public static QueryException procedureNotFound(String name, String didYouMean, SourcePosition position) {
        return at(
                        QueryErrorCode.PROCEDURE_NOT_FOUND,
                        "There is no procedure with the name `" + name + "` registered for this database instance."
                                + didYouMean,
                        position)
                .withHint("SHOW PROCEDURES lists them all; names are case-sensitive.");
    }

    /** A graph that is not the one of this server, with the one that was meant. */
    public static QueryException graphNotFound(
            String name, String present, String didYouMean, SourcePosition position) {
        return at(
                QueryErrorCode.DATABASE_NOT_FOUND,
                "There is no graph '" + name + "'; this server has '" + present + "'." + didYouMean,
                position);
    }

    /** An error about a part of Cypher that is not there yet; {@code what} starts a sentence. */
    public static QueryException unsupported(String what, boolean plural, SourcePosition position) {
        return at(QueryErrorCode.UNSUPPORTED, what + (plural ? " are" : " is") + " not supported yet", position);
    }

    public static QueryException readOnly(String clause, SourcePosition position) {
        return at(QueryErrorCode.READ_ONLY, clause + " is not allowed: this server is read-only", position)
                .withHint("Only reading clauses run here: MATCH, OPTIONAL MATCH, UNWIND, WITH, RETURN, UNION.");
    }

    public static QueryException complexity(String what, SourcePosition position) {
        return at(QueryErrorCode.COMPLEXITY_LIMIT, what, position);
    }

    private static QueryException at(QueryErrorCode code, String what, SourcePosition position) {
        return QueryException.at(code, what + " " + words(position), position);
    }

    private static String words(SourcePosition position) {
        return "(line " + position.line() + ", column " + position.column() + " (offset: " + position.offset() + "))";
    }
}
