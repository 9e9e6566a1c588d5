package io.spangraph.server.query;

import io.spangraph.engine.context.QueryException;

/** Takes the answer to a query: exactly one of its methods is called, once. */
public interface AnswerReader {
    /**
     * Reads the answer, on a query thread, as far as it wants to; a {@link QueryException} from a row is the reader's to
     * tell. From here on the answer is the reader's to close, now or after it has been parked.
     */
    void read(RunningQuery query);

    /** The query failed before it had an answer, perhaps before it got a thread. */
    void refuse(QueryException failure);
}
