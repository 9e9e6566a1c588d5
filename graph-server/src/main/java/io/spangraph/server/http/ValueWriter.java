package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spangraph.model.value.Value;
import java.io.IOException;

/** Writes values in one of the JSON forms that clients expect. */
@FunctionalInterface
interface ValueWriter {
    void write(JsonGenerator json, Value value) throws IOException;
}
