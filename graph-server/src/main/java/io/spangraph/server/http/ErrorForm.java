package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.server.query.ErrorText;
import java.io.IOException;

/** How a door tells an error: its status and its JSON. */
enum ErrorForm {
    /** {@code {error, code, hint, position}} with the status that fits best. */
    DIRECT {
        @Override
        int status(QueryErrorCode code) {
            return code.httpStatus();
        }

        @Override
        void write(JsonGenerator json, QueryException failure) throws IOException {
            json.writeStartObject();
            json.writeStringField("error", failure.getMessage());
            json.writeStringField("code", failure.code().name());
            if (failure.hint().isPresent()) {
                json.writeStringField("hint", failure.hint().get());
            }
            if (failure.position().isPresent()) {
                json.writeObjectFieldStart("position");
                json.writeNumberField("line", failure.position().get().line());
                json.writeNumberField("column", failure.position().get().column());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    },

    /** {@code {"errors": [{code, message}]}}; clients of the Query API understand no more than these statuses. */
    QUERY_API {
        @Override
        int status(QueryErrorCode code) {
            return switch (code.httpStatus()) {
                case 400, 401, 404, 500 -> code.httpStatus();
                default -> code.kind() == QueryErrorCode.Kind.STORAGE ? 500 : 400;
            };
        }

        @Override
        void write(JsonGenerator json, QueryException failure) throws IOException {
            json.writeStartObject();
            writeMember(json, failure);
            json.writeEndObject();
        }
    };

    abstract int status(QueryErrorCode code);

    abstract void write(JsonGenerator json, QueryException failure) throws IOException;

    /** The member {@code errors}, which may also end an answer that has begun well. */
    static void writeMember(JsonGenerator json, QueryException failure) throws IOException {
        json.writeArrayFieldStart("errors");
        json.writeStartObject();
        json.writeStringField("code", failure.code().neo4jStatus());
        json.writeStringField("message", ErrorText.of(failure));
        json.writeEndObject();
        json.writeEndArray();
    }
}
