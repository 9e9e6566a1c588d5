package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** The member {@code bookmarks} of an answer. */
final class BookmarkWriter {
    private BookmarkWriter() {}

    static void write(JsonGenerator json, String bookmark) throws IOException {
        json.writeArrayFieldStart("bookmarks");
        json.writeString(bookmark);
        json.writeEndArray();
    }
}
