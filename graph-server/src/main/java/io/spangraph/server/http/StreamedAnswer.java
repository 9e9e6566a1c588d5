package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.server.query.AnswerReader;
import io.spangraph.server.query.RunningQuery;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes an answer row by row. What each door's document looks like is left to its kind of answer. */
abstract class StreamedAnswer implements AnswerReader {
    private static final Logger LOG = LoggerFactory.getLogger(StreamedAnswer.class);

    private final JsonResponse response;
    private final ClientConnection connection;
    private final int status;

    StreamedAnswer(JsonResponse response, ClientConnection connection, int status) {
        this.response = response;
        this.connection = connection;
        this.status = status;
    }

    /** All before the first row. */
    abstract void writeStart(JsonGenerator json, RunningQuery query) throws IOException;

    abstract void writeRow(JsonGenerator json, RunningQuery query) throws IOException;

    /** All after the last row. */
    abstract void writeEnd(JsonGenerator json, RunningQuery query) throws IOException;

    /**
     * Ends a document of which the client has seen the beginning, so that the error is in it; false when the form has
     * no place for an error.
     */
    abstract boolean writeLateError(JsonGenerator json, QueryException failure) throws IOException;

    @Override
    public final void read(RunningQuery query) {
        try {
            write(query);
        } catch (IOException e) {
            LOG.debug("The client of query {} went away", query.id(), e);
            query.failed(QueryException.of(QueryErrorCode.CANCELLED, "The query was cancelled: its client went away."));
        } finally {
            query.close();
        }
    }

    private void write(RunningQuery query) throws IOException {
        JsonGenerator json = response.begin(status);
        try {
            writeStart(json, query);
            while (query.advance()) {
                writeRow(json, query);
            }
            writeEnd(json, query);
        } catch (QueryException told) {
            fail(json, told);
            return;
        } catch (RuntimeException | Error e) {
            fail(json, query.failed(e));
            return;
        }
        json.close();
    }

    private void fail(JsonGenerator json, QueryException failure) throws IOException {
        if (!response.isCommitted()) {
            response.fail(failure);
        } else if (writeLateError(json, failure)) {
            json.close();
        } else {
            connection.abort();
        }
    }

    @Override
    public final void refuse(QueryException failure) {
        try {
            response.fail(failure);
        } catch (IOException e) {
            LOG.debug("The client went away before it saw the error {}", failure.code(), e);
        }
    }
}
