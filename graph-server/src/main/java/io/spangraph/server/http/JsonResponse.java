package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spangraph.engine.context.QueryException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A response that is written as JSON while its rows are computed. Nothing is sent before the first {@value #BUFFER}
 * bytes, so that most errors still get a status of their own; no answer is ever held whole.
 */
final class JsonResponse {
    private static final int BUFFER = 64 * 1024;

    private static final JsonFactory FACTORY = new ObjectMapper()
            .getFactory()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
            .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);

    private final HttpServletResponse response;
    private final ErrorForm errorForm;
    private final String contentType;

    /** Writes members into an open JSON document. */
    @FunctionalInterface
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    JsonResponse(HttpServletResponse response, ErrorForm errorForm, String contentType) {
        this.response = response;
        this.errorForm = errorForm;
        this.contentType = contentType;
    }

    /** Begins a document. */
    JsonGenerator begin(int status) throws IOException {
        response.reset(); // a character encoding was set, and exact media types have none
        return open(status);
    }

    private JsonGenerator open(int status) throws IOException {
        response.setBufferSize(BUFFER);
        response.setStatus(status);
        response.setContentType(contentType);
        return FACTORY.createGenerator(response.getOutputStream(), JsonEncoding.UTF8);
    }

    /** Writes a whole document. */
    void write(int status, Content content) throws IOException {
        try (JsonGenerator json = begin(status)) {
            content.write(json);
        }
    }

    /** Whether the client has seen the status already. */
    boolean isCommitted() {
        return response.isCommitted();
    }

    /** Answers with an error in place of whatever was written and not sent. */
    void fail(QueryException failure) throws IOException {
        response.reset();
        int status = errorForm.status(failure.code());
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Spangraph\", charset=\"UTF-8\"");
        }
        try (JsonGenerator json = open(status)) {
            errorForm.write(json, failure);
        }
    }
}
