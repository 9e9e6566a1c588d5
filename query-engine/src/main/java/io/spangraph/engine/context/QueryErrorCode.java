package io.spangraph.engine.context;

/**
 * Every error that a query can end with. One list for all doors: each code has the status that Neo4j's clients know, a
 * GQL status and an HTTP status. {@code docs/errors.md} lists them for users.
 */
public enum QueryErrorCode {
    SYNTAX_ERROR(Kind.USER, "Neo.ClientError.Statement.SyntaxError", "42001", 400),
    UNKNOWN_NAME(Kind.USER, "Neo.ClientError.Statement.SemanticError", "42N01", 400),
    SEMANTIC_ERROR(Kind.USER, "Neo.ClientError.Statement.SemanticError", "42002", 400),
    TYPE_ERROR(Kind.USER, "Neo.ClientError.Statement.TypeError", "22G03", 400),
    ARITHMETIC_ERROR(Kind.USER, "Neo.ClientError.Statement.ArithmeticError", "22012", 400),
    PARAMETER_MISSING(Kind.USER, "Neo.ClientError.Statement.ParameterMissing", "42N51", 400),
    ARGUMENT_ERROR(Kind.USER, "Neo.ClientError.Statement.ArgumentError", "22023", 400),
    READ_ONLY(Kind.USER, "Neo.ClientError.Statement.AccessMode", "25G02", 400),
    UNSUPPORTED(Kind.UNSUPPORTED, "Neo.ClientError.Statement.NotSupported", "0A000", 400),
    PROCEDURE_NOT_FOUND(Kind.USER, "Neo.ClientError.Procedure.ProcedureNotFound", "42N08", 400),
    DATABASE_NOT_FOUND(Kind.USER, "Neo.ClientError.Database.DatabaseNotFound", "22N51", 404),
    TRANSACTION_NOT_FOUND(Kind.USER, "Neo.ClientError.Transaction.TransactionNotFound", "25N01", 404),
    QUERY_NOT_FOUND(Kind.USER, "Neo.ClientError.Request.Invalid", "08N06", 404),
    PATH_NOT_FOUND(Kind.USER, "Neo.ClientError.Request.Invalid", "08N06", 404),
    UNAUTHORIZED(Kind.USER, "Neo.ClientError.Security.Unauthorized", "42NFF", 401),
    FORBIDDEN(Kind.USER, "Neo.ClientError.Security.Forbidden", "42NFD", 403),
    REQUEST_INVALID(Kind.USER, "Neo.ClientError.Request.Invalid", "08N06", 400),
    REQUEST_TOO_LARGE(Kind.LIMIT, "Neo.ClientError.Request.Invalid", "08N06", 413),
    TIMEOUT(Kind.LIMIT, "Neo.ClientError.Transaction.TransactionTimedOut", "25N05", 408),
    CANCELLED(Kind.USER, "Neo.ClientError.Transaction.Terminated", "25N02", 400),
    ROW_LIMIT(Kind.LIMIT, "Neo.ClientError.Statement.RuntimeUnsupportedError", "54000", 413),
    MEMORY_LIMIT(Kind.LIMIT, "Neo.TransientError.General.MemoryPoolOutOfMemoryError", "54001", 413),
    SCAN_LIMIT(Kind.LIMIT, "Neo.ClientError.Statement.RuntimeUnsupportedError", "54002", 413),
    SPILL_LIMIT(Kind.LIMIT, "Neo.TransientError.General.MemoryPoolOutOfMemoryError", "54005", 413),
    COMPLEXITY_LIMIT(Kind.LIMIT, "Neo.ClientError.Statement.SyntaxError", "54003", 400),
    TOO_MANY_QUERIES(Kind.LIMIT, "Neo.TransientError.Request.NoThreadsAvailable", "54004", 429),
    TOO_MANY_LOGINS(Kind.LIMIT, "Neo.ClientError.Security.AuthenticationRateLimit", "42NFF", 429),
    STORAGE_UNAVAILABLE(Kind.STORAGE, "Neo.TransientError.Database.DatabaseUnavailable", "58000", 503),
    STORAGE_CORRUPT(Kind.STORAGE, "Neo.DatabaseError.Statement.ExecutionFailed", "58030", 500),
    SCHEMA_CHANGED(Kind.STORAGE, "Neo.DatabaseError.Schema.SchemaRuleAccessFailed", "58031", 500),
    INTERNAL(Kind.INTERNAL, "Neo.DatabaseError.General.UnknownError", "50000", 500);

    /** Who has to act on the error. */
    public enum Kind {
        USER,
        UNSUPPORTED,
        LIMIT,
        STORAGE,
        INTERNAL
    }

    private final Kind kind;
    private final String neo4jStatus;
    private final String gqlStatus;
    private final int httpStatus;

    QueryErrorCode(Kind kind, String neo4jStatus, String gqlStatus, int httpStatus) {
        this.kind = kind;
        this.neo4jStatus = neo4jStatus;
        this.gqlStatus = gqlStatus;
        this.httpStatus = httpStatus;
    }

    public Kind kind() {
        return kind;
    }

    public String neo4jStatus() {
        return neo4jStatus;
    }

    public String gqlStatus() {
        return gqlStatus;
    }

    public int httpStatus() {
        return httpStatus;
    }
}
