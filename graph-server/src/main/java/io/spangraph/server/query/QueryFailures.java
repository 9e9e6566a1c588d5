package io.spangraph.server.query;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a typed error of whatever ended a query. What is our own fault goes to the log with the query's id, and only the
 * id goes to the client: stack traces tell strangers about the server and users nothing.
 */
final class QueryFailures {
    private static final Logger LOG = LoggerFactory.getLogger(QueryFailures.class);

    private QueryFailures() {}

    static QueryException typed(Throwable failure, String queryId) {
        return switch (failure) {
            case QueryException typed -> log(typed, queryId);
            case StackOverflowError deep ->
                QueryException.of(QueryErrorCode.COMPLEXITY_LIMIT, "The query is nested too deeply.")
                        .withHint("Split the expression; several hundred levels are fine.")
                        .causedBy(deep);
            case OutOfMemoryError memory -> {
                LOG.error("Query {} exhausted the heap", queryId, memory);
                yield QueryException.of(QueryErrorCode.MEMORY_LIMIT, "The server ran out of memory.")
                        .withHint("Narrow the query, or start the server with a larger heap (-Xmx).")
                        .causedBy(memory);
            }
            default -> {
                LOG.error("Query {} failed because of an error in Spangraph", queryId, failure);
                yield QueryException.of(QueryErrorCode.INTERNAL, "The query failed because of an error in Spangraph.")
                        .withHint("The server's log has the details under the query's id, " + queryId + ".")
                        .causedBy(failure);
            }
        };
    }

    private static String lookInLog(String queryId) {
        return "The server's log has the details under the query's id, " + queryId + ".";
    }

    private static QueryException log(QueryException failure, String queryId) {
        return switch (failure.code().kind()) {
            case STORAGE -> {
                LOG.warn("Query {} ended by {}: {}", queryId, failure.code(), failure.getMessage(), failure.getCause());
                yield failure;
            }
            case INTERNAL -> {
                LOG.error("Query {} failed because of an error in Spangraph", queryId, failure);
                yield failure.withHint(lookInLog(queryId));
            }
            case USER, UNSUPPORTED, LIMIT -> {
                LOG.debug("Query {} ended by {}: {}", queryId, failure.code(), failure.getMessage());
                yield failure;
            }
        };
    }
}
