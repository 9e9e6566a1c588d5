package io.spangraph.server.query;

import io.spangraph.engine.context.QueryException;

/** Takes the answer to a query, on the query's own thread: exactly one of its methods is called. */
public interface AnswerReader {
    /** Reads the answer as far as it wants to; a {@link QueryException} from a row is the reader's to tell. */
    void read(RunningQuery query);

    /** The query failed before it had an answer. */
    void refuse(QueryException failure);
}
